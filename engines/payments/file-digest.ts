/** The bytes of a bank file as they lie there now, one piece in memory at a time. */
import { createHash } from "node:crypto";
import type { Tx, Vault } from "@wuxin/platform";
import { piece } from "./bank-file-store.ts";

/** No digest where a piece cannot be opened: it is not as it was sealed. */
export async function digestNow(
  tx: Tx,
  vault: Vault,
  fileId: string,
): Promise<{ readonly digest: string | null; readonly pieces: number }> {
  const hash = createHash("sha256");
  let pieces = 0;
  for (let sealed = await piece(tx, fileId, 0); sealed; sealed = await piece(tx, fileId, ++pieces))
    try {
      hash.update(vault.openBytes(sealed));
    } catch {
      return { digest: null, pieces };
    }
  return { digest: hash.digest("hex"), pieces };
}
