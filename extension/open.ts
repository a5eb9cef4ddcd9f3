import { commands, l10n, Range, Selection, TextEditorRevealType, Uri, window, workspace } from 'vscode';
import type { PlaceData } from '../agent/protocol.ts';
import { activeGit } from './git.ts';

/** Opens the place a line of the tree, a gate's reason or the web view talks about. */
export async function openPlace(place: PlaceData): Promise<void> {
  const file = Uri.parse(place.uri, true);
  if (place.commit !== undefined && !(await exists(file))) {
    await openVersion(file, place);
    return;
  }
  await show(file, place);
}

/** Shows what a commit changes, in the editor's own multi-file diff. */
export async function openCommit(repositoryUri: string, oid: string, subject: string): Promise<void> {
  const git = activeGit();
  const repository = git?.repositories.find((one) => samePath(one.rootUri, Uri.parse(repositoryUri)));
  if (!git || !repository) {
    void window.showInformationMessage(
      l10n.t('The Git extension does not know this repository, so {0} was not opened.', oid.slice(0, 7)),
    );
    return;
  }
  const { parents } = await repository.getCommit(oid);
  // The empty tree is what a first commit is compared with.
  const parent = parents[0] ?? '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
  const changes = await repository.diffBetween(parent, oid);
  const resources = changes.map((change) => [
    change.uri,
    git.toGitUri(change.originalUri, parent),
    git.toGitUri(change.uri, oid),
  ]);
  await commands.executeCommand('vscode.changes', `${oid.slice(0, 7)} ${subject}`, resources);
}

async function openVersion(file: Uri, place: PlaceData): Promise<void> {
  const git = activeGit();
  if (git && place.commit !== undefined) {
    await show(git.toGitUri(file, place.commit), place);
    return;
  }
  void window.showInformationMessage(l10n.t('{0} is not in the working tree any more.', place.label));
}

async function show(uri: Uri, place: PlaceData): Promise<void> {
  const { range } = place;
  if (!range) {
    await commands.executeCommand('vscode.open', uri, { preview: true });
    return;
  }
  const document = await workspace.openTextDocument(uri);
  const editor = await window.showTextDocument(document, { preview: true });
  const target = document.validateRange(
    new Range(range.start.line, range.start.character, range.end.line, range.end.character),
  );
  editor.selection = new Selection(target.start, target.start);
  editor.revealRange(target, TextEditorRevealType.InCenterIfOutsideViewport);
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

function samePath(a: Uri, b: Uri): boolean {
  return a.toString() === b.toString() || a.fsPath === b.fsPath;
}
