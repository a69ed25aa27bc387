/** Frames in which Taro's h5 elements may still take their children to where they belong. */
const SETTLING_FRAMES = 3;

/**
 * Gives an element the keyboard (h5). Taro's elements move their children a frame after they were put on the page, and
 * what moves loses the focus: it is given back, unless it went elsewhere since. Answers how to let go of it.
 */
export function takeFocus(element: HTMLElement): () => void {
  let frame = 0;
  let frames = 0;
  const keep = () => {
    if (element.isConnected && document.activeElement === document.body) {
      element.focus({ preventScroll: true });
    }
    frames += 1;
    if (frames < SETTLING_FRAMES) frame = requestAnimationFrame(keep);
  };
  element.focus({ preventScroll: true });
  frame = requestAnimationFrame(keep);
  return () => cancelAnimationFrame(frame);
}
