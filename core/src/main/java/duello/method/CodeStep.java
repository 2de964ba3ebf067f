package duello.method;

import duello.model.Code;
import duello.torch.Draws;

/** Moves what the synthesis of a style network reads, in the main fakes of both players' turns. Several are a chain. */
public interface CodeStep extends Method {
    /** The code to go on with, of the same shape. */
    Code refine(Step s, Code code, Draws draws);
}
