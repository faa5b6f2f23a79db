/** Pictures on their way to the server, one after another; a line that breaks goes on with the next one. */
import { picture } from "./drafts.ts";
import { api } from "./phone.ts";

/** `names`: what each picture is called there. Tells and gives what has arrived. @throws ApiError */
export async function upload(
  names: ReadonlyMap<string, string>,
  before: readonly string[],
  arrived: (sent: readonly string[]) => Promise<void>,
): Promise<readonly string[]> {
  let sent = before;
  for (const [id, name] of names) {
    if (sent.includes(id)) continue;
    const file = await picture(id);
    if (!file) continue;
    await api.uploadFile({
      query: { id },
      file,
      fileName: `${name}.${file.type === "image/png" ? "png" : "jpg"}`,
    });
    sent = [...sent, id];
    await arrived(sent);
  }
  return sent;
}
