/** True while somebody reads the list: it has the focus, or begins above what is seen. Nothing moves under their eyes. */
export function isBeingRead(list: HTMLElement | undefined): boolean {
  if (!list) return false;
  return list.contains(document.activeElement) || list.getBoundingClientRect().top < 0;
}
