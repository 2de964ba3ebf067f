package duello.recipe.studiogan;

import duello.recipe.yaml.Place;

/**
 * Something that a user should know about a translated file, though it can be trained.
 *
 * @param place where it stands in the file
 * @param message one line
 */
public record Note(Place place, String message) {
    @Override
    public String toString() {
        return place + "  " + message;
    }
}
