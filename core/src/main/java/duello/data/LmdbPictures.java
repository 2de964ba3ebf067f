package duello.data;

import duello.io.Images;
import duello.io.Lmdb;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** Pictures of one class in a database, in the order of {@code places}. */
final class LmdbPictures implements StoredPictures {
    private final Lmdb database;
    private final String category;
    private final long[] places;

    /** @param places not to be written any more */
    LmdbPictures(Lmdb database, String category, long[] places) {
        this.database = database;
        this.category = category;
        this.places = places;
    }

    @Override
    public String place() {
        return database.path().toString();
    }

    @Override
    public List<String> classes() {
        return List.of(category);
    }

    @Override
    public int size() {
        return places.length;
    }

    @Override
    public int label(int index) {
        return 0;
    }

    @Override
    public String name(int index) {
        return database.named(database.key(places[index]));
    }

    @Override
    public StoredPicture read(int index) {
        return new StoredPicture(name(index), database.value(places[index], Images.MAX_BYTES));
    }

    /** The database's own state, how many, and the places of the first and the last. */
    @Override
    public void identify(MessageDigest digest) {
        String line = "%s %d %d".formatted(database.state(), places[0], places[places.length - 1]);
        digest.update((line + " " + places.length).getBytes(StandardCharsets.UTF_8));
    }
}
