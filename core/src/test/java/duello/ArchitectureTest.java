package duello;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The floors of the house, as docs/architecture.md draws them. */
class ArchitectureTest {
    private static final String SHELVES = "method.*";

    /** From the ground up. */
    private static final List<String> FLOORS = List.of(
            "catalog",
            "torch",
            "io",
            "dist",
            "data",
            "model",
            "method",
            SHELVES,
            "train",
            "metric",
            "analysis",
            "recipe");

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("duello");

    @Test
    void everyClassHasAFloor() {
        assertThat(LIBRARY.stream().filter(c -> !c.getName().equals("duello.package-info")))
                .isNotEmpty()
                .allSatisfy(c -> assertThat(floor(c)).as(c.getName()).isIn(FLOORS));
    }

    @Test
    void importsOnlyPointDown() {
        classes().should(lookDown(FLOORS)).check(LIBRARY);
    }

    @Test
    void aHouseStoodOnItsHeadIsNoticed() {
        List<String> upsideDown = new ArrayList<>(FLOORS);
        Collections.reverse(upsideDown);
        ArchRule rule = classes().should(lookDown(upsideDown));
        assertThat(rule.evaluate(LIBRARY).getFailureReport().getDetails())
                .anyMatch(line -> line.contains("duello.train.Trainer") && line.contains("duello.method.Step"));
    }

    @Test
    void shelvesDoNotSeeEachOther() {
        slices().matching("duello.method.(*)..").should().notDependOnEachOther().check(LIBRARY);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("duello.(**)").should().beFreeOfCycles().check(LIBRARY);
    }

    @Test
    void filesKnowNothingOfTensors() {
        leaf("io", "duello.io..", "duello.catalog..").check(LIBRARY);
    }

    @Test
    void processesKnowNothingOfMethods() {
        leaf("dist", "duello.dist..", "duello.catalog..", "duello.torch..").check(LIBRARY);
    }

    private static ArchRule leaf(String room, String... seen) {
        return classes()
                .that()
                .resideInAPackage("duello." + room + "..")
                .should(onlyDependOnClassesThat(
                        not(resideInAPackage("duello..")).or(resideInAnyPackage(seen))));
    }

    @Test
    void trainerAndNetworksKnowNoMethodByName() {
        noClasses()
                .that()
                .resideInAnyPackage("duello.train..", "duello.model..", "duello.metric..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("duello.method.*..")
                .check(LIBRARY);
    }

    @Test
    void onlyTheTorchRoomOwnsNativeScopes() {
        noClasses()
                .that()
                .resideOutsideOfPackage("duello.torch..")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("PointerScope")
                .check(LIBRARY);
    }

    @Test
    void theLibraryNeverPrints() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(LIBRARY);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "me.tongfei..", "ch.qos.logback..")
                .check(LIBRARY);
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().beFinal().check(LIBRARY);
    }

    @Test
    void absenceIsWrittenDownInEveryPackage() {
        assertThat(LIBRARY)
                .allSatisfy(c -> assertThat(c.getPackage().isAnnotatedWith(NullMarked.class))
                        .as("package " + c.getPackageName() + " is null-marked")
                        .isTrue());
    }

    private static String floor(JavaClass c) {
        String name = c.getPackageName().replaceFirst("^duello\\.", "");
        return name.startsWith("method.") ? SHELVES : name.replaceFirst("\\..*", "");
    }

    private static ArchCondition<JavaClass> lookDown(List<String> floors) {
        return new ArchCondition<>("depend on their own floor and those below only") {
            @Override
            public void check(JavaClass c, ConditionEvents events) {
                for (Dependency d : c.getDirectDependenciesFromSelf()) {
                    JavaClass target = d.getTargetClass();
                    if (target.getPackageName().startsWith("duello")
                            && floors.indexOf(floor(target)) > floors.indexOf(floor(c))) {
                        events.add(SimpleConditionEvent.violated(c, d.getDescription()));
                    }
                }
            }
        };
    }
}
