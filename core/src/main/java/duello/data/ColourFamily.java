package duello.data;

import java.awt.Color;

/** The ten colours that an object of {@link Shapes} comes in: the main one and a second that goes with it. */
enum ColourFamily {
    RED(0xE5484D, 0xFFE3B8),
    ORANGE(0xF5893B, 0x5A4E8C),
    YELLOW(0xF7C938, 0xE4694F),
    GREEN(0x63B54A, 0xFFE58F),
    TEAL(0x1FA396, 0xFFC9A3),
    SKY(0x4BA6E8, 0xFFF0B8),
    INDIGO(0x4653B0, 0xFFB84D),
    PURPLE(0x9A5CC0, 0xC9F0D8),
    PINK(0xF27BAE, 0x7CD6C8),
    BROWN(0x96653F, 0xF8DFB4);

    private final Color main;
    private final Color second;

    ColourFamily(int main, int second) {
        this.main = new Color(main);
        this.second = new Color(second);
    }

    Color main() {
        return main;
    }

    Color second() {
        return second;
    }
}
