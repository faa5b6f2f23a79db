/**
 * A complaint that appears while the mouse button is down moves the thing being pressed from under the pointer, and the
 * press is lost. What leaving a field makes visible therefore waits until the button is up and the click has been heard.
 */
let pressed = false;
let waiting: (() => void)[] = [];

const release = () => {
  pressed = false;
  const all = waiting;
  waiting = [];
  if (all.length > 0)
    setTimeout(() => {
      for (const work of all) work();
    });
};
addEventListener("pointerdown", () => (pressed = true), true);
addEventListener("pointerup", release, true);
addEventListener("pointercancel", release, true);

export const afterPress = (work: () => void): void => {
  if (pressed) waiting.push(work);
  else work();
};
