import { useSyncExternalStore } from 'react'

/** A value that tells its readers when it was replaced. */
export interface Store<T> {
  get(): T
  set(next: T): void
  update(change: (current: T) => T): void
  /** Returns the function that ends the subscription. */
  subscribe(listener: () => void): () => void
}

/** A store with a first value. Setting the same value again tells nobody. */
export function createStore<T>(first: T): Store<T> {
  let value = first
  const listeners = new Set<() => void>()
  const set = (next: T) => {
    if (Object.is(next, value)) return
    value = next
    for (const listener of [...listeners]) listener()
  }
  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The store's value, kept current while the component stands. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get)
}
