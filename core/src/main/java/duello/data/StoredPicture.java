package duello.data;

/**
 * A picture as it is stored, not decoded.
 *
 * @param name what messages call it
 * @param bytes those of a PNG, JPEG, WebP, ... file
 */
@SuppressWarnings("ArrayRecordComponent") // handed on to the decoder, neither kept nor compared
record StoredPicture(String name, byte[] bytes) {}
