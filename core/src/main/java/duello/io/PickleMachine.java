package duello.io;

import duello.catalog.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.Unpickler;
import org.jspecify.annotations.Nullable;

/**
 * Pickle's stack machine cut down to what checkpoints use. Names are looked up in {@link PickleGlobals} only, never
 * among the constructors that the library knows by default; lengths are checked before memory is taken; opcodes that
 * no checkpoint has are refused; the number of steps is limited.
 */
final class PickleMachine extends Unpickler {
    /** About twenty steps write one tensor, so this is room for 200,000 of them. */
    private static final int MAX_STEPS = 4_000_000;

    private static final int MAX_NAME = 256;

    private final PickleInput bytes;
    private final boolean script;
    private int steps;

    PickleMachine(PickleInput bytes) {
        this(bytes, false);
    }

    /** @param script whether the pickle is a TorchScript program's, which names classes of its own */
    PickleMachine(PickleInput bytes, boolean script) {
        this.bytes = bytes;
        this.script = script;
    }

    /** Runs the next pickle; tuples are {@code Object[]}, tensors {@link PickledTensor}. */
    @Nullable
    Object next() throws IOException {
        return load(bytes);
    }

    @Override
    protected @Nullable Object dispatch(short opcode) throws IOException {
        if (++steps > MAX_STEPS) {
            throw new Failure("its pickle takes more than " + MAX_STEPS + " steps");
        }
        switch (opcode) {
            case Opcodes.GLOBAL -> stack.add(PickleGlobals.find(readName(), readName(), script));
            case Opcodes.STACK_GLOBAL -> {
                Object name = stack.pop();
                Object module = stack.pop();
                stack.add(PickleGlobals.find(String.valueOf(module), String.valueOf(name), script));
            }
            case Opcodes.REDUCE, Opcodes.NEWOBJ -> {
                Object[] arguments = (Object[]) stack.pop();
                IObjectConstructor constructor = (IObjectConstructor) stack.pop();
                stack.add(constructor.construct(arguments));
            }
            case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<Object, Object>());
            case Opcodes.SETITEM -> {
                Object value = stack.pop();
                Object key = stack.pop();
                put(stack.peek(), key, value);
            }
            case Opcodes.SETITEMS -> {
                List<Object> items = new ArrayList<>(stack.pop_all_since_marker());
                for (int i = 0; i < items.size(); i += 2) {
                    put(stack.peek(), items.get(i), items.get(i + 1));
                }
            }
            case Opcodes.BUILD -> {
                Object state = stack.pop();
                PickleGlobals.build(stack.peek(), state);
            }
            default -> {
                checkLength(opcode);
                return super.dispatch(opcode);
            }
        }
        return NO_RETURN_VALUE;
    }

    @Override
    protected Object persistentLoad(Object id) {
        return PickledStorage.of((Object[]) id);
    }

    private void checkLength(short opcode) {
        int width = switch (opcode) {
            case Opcodes.BINUNICODE, Opcodes.BINBYTES, Opcodes.BINSTRING -> 4;
            case Opcodes.SHORT_BINUNICODE, Opcodes.SHORT_BINBYTES, Opcodes.SHORT_BINSTRING, Opcodes.LONG1 -> 1;
            case Opcodes.PROTO, Opcodes.FRAME, Opcodes.STOP, Opcodes.MARK, Opcodes.BINPERSID -> 0;
            case Opcodes.EMPTY_LIST, Opcodes.EMPTY_TUPLE, Opcodes.APPEND, Opcodes.APPENDS -> 0;
            case Opcodes.TUPLE, Opcodes.TUPLE1, Opcodes.TUPLE2, Opcodes.TUPLE3 -> 0;
            case Opcodes.BININT, Opcodes.BININT1, Opcodes.BININT2, Opcodes.BINFLOAT -> 0;
            case Opcodes.NONE, Opcodes.NEWTRUE, Opcodes.NEWFALSE, Opcodes.MEMOIZE -> 0;
            case Opcodes.BINPUT, Opcodes.LONG_BINPUT, Opcodes.BINGET, Opcodes.LONG_BINGET -> 0;
            default ->
                throw new Failure(
                        "its pickle has the opcode 0x" + Integer.toHexString(opcode) + ", which no checkpoint needs");
        };
        long length = width == 0 ? 0 : bytes.peek(width);
        if (length < 0 || length > bytes.available() - width) {
            throw new Failure("its pickle is cut short or damaged at byte " + bytes.position());
        }
    }

    /** Only plain keys: hashing a nested one could take for ever. */
    static void put(@Nullable Object map, @Nullable Object key, @Nullable Object value) {
        if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
            throw new Failure("its pickle has a dictionary key that is neither text nor a number");
        }
        @SuppressWarnings("unchecked")
        Map<Object, @Nullable Object> target = (Map<Object, @Nullable Object>) map;
        if (target == null) {
            throw new Failure("its pickle puts an item into nothing");
        }
        target.put(key, value);
    }

    private String readName() {
        StringBuilder name = new StringBuilder();
        for (int c = bytes.read(); c != '\n'; c = bytes.read()) {
            if (c < 0 || name.length() >= MAX_NAME) {
                throw new Failure("its pickle is cut short or damaged at byte " + bytes.position());
            }
            name.append((char) c);
        }
        return name.toString();
    }
}
