package duello.data;

import duello.catalog.Failure;
import duello.io.Images;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/** The files of a folder. They are told from others by their paths, labels and sizes. */
record FolderPictures(FolderListing listing) implements StoredPictures {
    @Override
    public String place() {
        return listing.root().toString();
    }

    @Override
    public List<String> classes() {
        return listing.classes();
    }

    @Override
    public int size() {
        return listing.images().size();
    }

    @Override
    public int label(int index) {
        return listing.images().get(index).label();
    }

    @Override
    public String name(int index) {
        return file(index).toString();
    }

    @Override
    public StoredPicture read(int index) {
        return new StoredPicture(name(index), Images.bytes(file(index)));
    }

    @Override
    public void identify(MessageDigest digest) {
        try {
            for (FolderListing.Item item : listing.images()) {
                String line = "\n" + item.relative() + " " + item.label() + " " + Files.size(item.file());
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new Failure(place() + ": its files cannot be read: " + e.getMessage(), e);
        }
    }

    private Path file(int index) {
        return listing.images().get(index).file();
    }
}
