package duello.data;

import java.security.MessageDigest;
import java.util.List;

/** Labelled pictures as they are stored, in files or a database, addressed by number. Safe to read from several threads. */
interface StoredPictures {
    /** Where they are, for messages. */
    String place();

    /** The classes' names in the order of their labels. */
    List<String> classes();

    int size();

    int label(int index);

    /** What messages call a picture. */
    String name(int index);

    /** @throws duello.catalog.Failure if it cannot be read */
    StoredPicture read(int index);

    /** Adds what tells these pictures from others, without reading them all. */
    void identify(MessageDigest digest);
}
