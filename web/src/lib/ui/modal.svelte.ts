import type { Attachment } from 'svelte/attachments';

interface Options {
  readonly isOpen: () => boolean;
  /** Somebody wants it closed, by Esc or a press beside it: `isOpen` shall say no from then on. */
  readonly close: () => void;
  /** It cannot be closed while this says so. */
  readonly isHeld?: () => boolean;
}

/**
 * Shows a `<dialog>` in front of the page for as long as `isOpen`. The browser's own `close` comes a task after
 * the dialog is gone: who asks for it again in between must not lose the dialog to it.
 */
export function modal({ isOpen, close, isHeld = () => false }: Options): Attachment<HTMLDialogElement> {
  return (dialog) => {
    $effect(() => {
      if (isOpen() && !dialog.open) dialog.showModal();
      else if (!isOpen() && dialog.open) dialog.close();
    });
    const wanted = () => {
      if (!isHeld()) close();
    };
    const oncancel = (event: Event) => {
      if (event.target !== dialog) return;
      event.preventDefault();
      wanted();
    };
    const onclick = (event: Event) => {
      if (event.target === dialog) wanted();
    };
    // For the browser's own ways, such as a second Esc that no `cancel` announces.
    const onclose = () => {
      if (!dialog.open && isOpen()) close();
    };
    dialog.addEventListener('cancel', oncancel);
    dialog.addEventListener('click', onclick);
    dialog.addEventListener('close', onclose);
    return () => {
      dialog.removeEventListener('cancel', oncancel);
      dialog.removeEventListener('click', onclick);
      dialog.removeEventListener('close', onclose);
    };
  };
}
