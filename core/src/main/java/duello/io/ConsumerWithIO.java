package duello.io;

import java.io.IOException;

/** Something to be done with a place to write to, which may fail as writing does. */
@FunctionalInterface
public interface ConsumerWithIO<T> {
    void accept(T target) throws IOException;
}
