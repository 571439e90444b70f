// Schemas of Kubernetes let unknown fields pass, as old servers do with new clients. But a schema looks at each field that it knows: what was
// looked at by none is a field that there is not. `kubectl apply --validate=strict` refuses it as well.
export class Reading {
  #read = new Set();
  #value;

  constructor(value) {
    this.#value = value;
    this.root = this.#watch(value, "");
  }

  unread() {
    return [...this.#fields(this.#value, "")].filter((path) => !this.#read.has(path));
  }

  #watch(node, path) {
    if (node === null || typeof node !== "object") return node;
    return new Proxy(node, {
      get: (target, key) => {
        const value = target[key];
        if (typeof key === "symbol" || !Object.hasOwn(target, key)) return value;
        this.#read.add(`${path}/${key}`);
        return this.#watch(value, `${path}/${key}`);
      },
    });
  }

  *#fields(node, path) {
    if (node === null || typeof node !== "object") return;
    for (const key of Object.keys(node)) {
      yield `${path}/${key}`;
      yield* this.#fields(node[key], `${path}/${key}`);
    }
  }
}
