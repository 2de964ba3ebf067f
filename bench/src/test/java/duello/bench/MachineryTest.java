package duello.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Options, memory readings, and that what is raced computes the same. */
class MachineryTest {
    @Test
    void unknownOptionsAndBadNumbersAreOneLine() {
        assertThatThrownBy(() -> new Options(new String[] {"--widht", "3"}, Set.of("width")))
                .isInstanceOf(Failure.class)
                .hasMessage("unknown option '--widht'; there are --width");
        Options options = new Options(new String[] {"--width", "three"}, Set.of("width"));
        assertThatThrownBy(() -> options.number("width", 1, 1)).hasMessage("--width: 'three' is not a whole number");
        assertThat(new Options(new String[] {}, Set.of("width")).number("width", 32, 1))
                .isEqualTo(32);
    }

    @Test
    void memoryIsReadFromTheLineOfItsName() {
        List<String> status = List.of("Name:\tjava", "VmHWM:\t  9123 kB", "VmRSS:\t  812 kB");
        assertThat(ProcessMemory.field(status, "VmRSS")).isEqualTo(812);
        assertThat(ProcessMemory.field(status, "VmHWM")).isEqualTo(9123);
    }

    @Test
    void formsOfFilteredConvolutionsComputeTheSame() {
        for (FilterForms.Job job : FilterForms.Job.values()) {
            FilterCase layer = new FilterCase(job, 2, 5, 6);
            FilterForms.Form own = job.forms().get(0);
            assertThat(job.forms())
                    .hasSizeGreaterThan(1)
                    .allSatisfy(other -> assertThat(layer.disagreement(own, other))
                            .as(job + " " + other.name())
                            .isLessThan(1e-5));
        }
    }
}
