/** Photos made small enough for a slow line before they leave the phone. */
export interface Size {
  readonly longSide: number;
  /** Bytes up to which a photo is left as it is. */
  readonly smallEnough: number;
}
/** Of papers, whose small print must stay readable. */
const PAPER: Size = { longSide: 2000, smallEnough: 1_200_000 };

/** @returns the file itself when it is no photo, small enough, or the phone cannot redraw it */
export async function shrink(file: File, size = PAPER): Promise<{ blob: Blob; name: string }> {
  const asIs = { blob: file as Blob, name: file.name };
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= size.smallEnough) return asIs;
  if (typeof createImageBitmap !== "function") return asIs;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, size.longSide / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.82));
    if (!blob || blob.size >= file.size) return asIs;
    return { blob, name: `${file.name.replace(/\.\w+$/, "")}.jpg` };
  } catch {
    return asIs;
  }
}
