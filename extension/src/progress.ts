// Work that takes long shows that it runs, and can be cancelled from anywhere; quick work shows nothing.

import * as vscode from "vscode";

const slowMs = 1200;

type Source = vscode.CancellationTokenSource;

/** Shows a notification while `done` is pending, once that has taken a while; its button cancels `source`. */
export function showWhenSlow(title: string, done: Promise<unknown>, source: Source): void {
  const settled = Promise.allSettled([done]);
  const slow = setTimeout(() => {
    const location = vscode.ProgressLocation.Notification;
    void vscode.window.withProgress({ location, title, cancellable: true }, (_progress, token) => {
      token.onCancellationRequested(() => source.cancel());
      return settled;
    });
  }, slowMs);
  void settled.then(() => clearTimeout(slow));
}

/** Work that shows itself when it is slow and ends with its token. */
export function cancellable<T>(title: string, start: (token: Source["token"]) => Promise<T>) {
  const source = new vscode.CancellationTokenSource();
  const done = start(source.token);
  showWhenSlow(title, done, source);
  return done;
}
