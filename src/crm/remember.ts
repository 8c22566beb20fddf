const most = 20_000;

/**
 * The same function, which remembers what it gave: an export says the same few hundred days,
 * stages and products thousands of times. It forgets all when it has seen too many.
 */
export function remember<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (text) => {
    const found = known.get(text);
    if (found) return found.value;
    if (known.size >= most) known.clear();
    const value = read(text);
    known.set(text, { value });
    return value;
  };
}
