package duello.io;

/** Is told how a download gets on, from the thread that downloads. */
@FunctionalInterface
public interface DownloadProgress {
    /** Tells nobody. */
    DownloadProgress SILENT = (file, done, total) -> {};

    /**
     * @param file the file's name
     * @param done bytes on the disk, counting those of earlier attempts
     * @param total bytes of the whole file
     */
    void report(String file, long done, long total);
}
