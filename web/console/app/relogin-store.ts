/** Whether a re-login dialog is wanted, and who waits for it. Outside React, because the client asks for it. */
type Listener = () => void;

let signedIn = false;
let wanted = false;
let waiters: { go: () => void; stop: (reason: Error) => void }[] = [];
const listeners = new Set<Listener>();
const tell = () => {
  for (const l of listeners) l();
};

export const relogin = {
  signedIn: () => signedIn,
  setSignedIn(value: boolean) {
    signedIn = value;
  },
  wanted: () => wanted,
  subscribe(listener: Listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Resolves when the person has logged in again; rejects when he leaves instead. */
  ask(): Promise<void> {
    wanted = true;
    tell();
    return new Promise((go, stop) => waiters.push({ go, stop }));
  },
  settle(ok: boolean) {
    wanted = false;
    const all = waiters;
    waiters = [];
    for (const w of all) ok ? w.go() : w.stop(new Error("登录已失效"));
    tell();
  },
};
