/** Pictures from the doorstep, small, each opening in full. */
import { urlOf } from "@wuxin/contract/client";
import "../styles/clues.css";

export function Photos({ ids }: { ids: readonly string[] }) {
  if (ids.length === 0) return null;
  return (
    <ul className="photos">
      {ids.map((id, n) => (
        <li key={id}>
          <a href={urlOf("getFile", { id })} target="_blank" rel="noreferrer">
            <img src={urlOf("getFile", { id })} alt={`现场照片 ${n + 1}`} loading="lazy" />
          </a>
        </li>
      ))}
    </ul>
  );
}
