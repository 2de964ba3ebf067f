package duello.recipe.studiogan;

import duello.recipe.yaml.Nearest;
import duello.recipe.yaml.Tree.Scalar;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the values of a key are. */
enum Kind {
    CHOICE("one of the words") {
        @Override
        Object read(Scalar scalar, Allowed allowed) throws Misfit {
            List<String> words = allowed.words();
            if (!words.contains(scalar.text())) {
                throw new Misfit("is none of " + allowed.text() + Nearest.hint(scalar.text(), words));
            }
            return scalar.text();
        }
    },
    CHOICES("a list of words") {
        @Override
        Object read(Scalar scalar, Allowed allowed) throws Misfit {
            return CHOICE.read(scalar, allowed);
        }
    },
    TEXT("a text") {
        @Override
        Object read(Scalar scalar, Allowed allowed) {
            return scalar.text();
        }
    },
    FLAG("true or false") {
        @Override
        Object read(Scalar scalar, Allowed allowed) throws Misfit {
            String word = scalar.plain() && scalar.text().length() <= 5
                    ? scalar.text().toLowerCase(Locale.ROOT)
                    : "";
            if (TRUE.contains(word)) {
                return Boolean.TRUE;
            }
            if (FALSE.contains(word)) {
                return Boolean.FALSE;
            }
            throw new Misfit("is neither true nor false" + (scalar.plain() ? "" : "; leave out the quotes"));
        }
    },
    WHOLE("a whole number") {
        @Override
        Object read(Scalar scalar, Allowed allowed) throws Misfit {
            BigDecimal number = number(scalar, noun(), allowed);
            if (number.stripTrailingZeros().scale() > 0) {
                throw new Misfit("is not a whole number");
            }
            if (number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
                throw new Misfit("is too large a number");
            }
            return number.toBigInteger().intValueExact();
        }
    },
    WHOLES("a list of whole numbers") {
        @Override
        Object read(Scalar scalar, Allowed allowed) throws Misfit {
            return WHOLE.read(scalar, allowed);
        }
    },
    NUMBER("a number") {
        @Override
        Object read(Scalar scalar, Allowed allowed) throws Misfit {
            BigDecimal number = number(scalar, noun(), allowed);
            if (!Double.isFinite(number.doubleValue())) {
                throw new Misfit("is too large a number");
            }
            return number;
        }
    };

    /** Why a value cannot be read; continues the sentence {@code LOSS.adv_loss: "hinges" ...}. */
    static final class Misfit extends Exception {
        private static final long serialVersionUID = 1L;

        Misfit(String message) {
            super(message);
        }
    }

    private static final List<String> TRUE = List.of("true", "yes", "on");
    private static final List<String> FALSE = List.of("false", "no", "off");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?([0-9][0-9_]*(\\.[0-9_]*)?|\\.[0-9][0-9_]*)([eE][-+]?[0-9]{1,3})?");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7_]+");
    /** YAML 1.1 takes an exponent for one only behind a point and with a sign. */
    private static final Pattern EXPONENT_OF_1_1 = Pattern.compile("[^.]*\\.[^.]*[eE][-+][0-9]+");

    private final String noun;

    Kind(String noun) {
        this.noun = noun;
    }

    String noun() {
        return noun;
    }

    /** Whether values are lists, of which {@link #read} reads an item. */
    boolean list() {
        return this == CHOICES || this == WHOLES;
    }

    /** A text, a Boolean, an Integer or a BigDecimal. */
    abstract Object read(Scalar scalar, Allowed allowed) throws Misfit;

    /** Whether the reference's YAML reader takes this number for a text. */
    static boolean textToTheReference(Scalar scalar) {
        boolean exponent = scalar.text().indexOf('e') >= 0 || scalar.text().indexOf('E') >= 0;
        return !scalar.plain()
                || exponent && !EXPONENT_OF_1_1.matcher(scalar.text()).matches();
    }

    /** Quotes do not matter: the reference's own files hold numbers that are texts to its reader. */
    private static BigDecimal number(Scalar scalar, String noun, Allowed allowed) throws Misfit {
        String text = scalar.text();
        if (text.length() > 64 || !DECIMAL.matcher(text).matches()) {
            throw new Misfit("is not " + noun);
        }
        if (OCTAL.matcher(text).matches()) {
            throw new Misfit("begins with 0, which makes it octal in YAML 1.1; write it without");
        }
        BigDecimal number = new BigDecimal(text.replace("_", ""));
        if (!allowed.holds(number)) {
            throw new Misfit("is out of range; allowed: " + allowed.text());
        }
        return number;
    }
}
