package duello.model;

import duello.torch.Ops;
import duello.torch.Script;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The label as a one-hot vector, a part of the conditions of a generator's norms.
 *
 * @param classes how many there are; 0 for a generator without labels
 */
record OneHotLabel(int classes) {
    /** The vectors {@code [B, classes]}, or nothing. */
    List<Tensor> of(Tensor labels) {
        return classes == 0 ? List.of() : List.of(Ops.oneHot(labels, classes));
    }

    /** {@link #of} in a script; {@code like} is a variable of the type that the vectors take. */
    List<String> script(Script s, String labels, String like) {
        return classes == 0
                ? List.of()
                : List.of(s.let("torch.type_as(torch.one_hot(%s, %d), %s)", labels, classes, like));
    }
}
