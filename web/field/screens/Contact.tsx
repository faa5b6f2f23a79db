/** How to get there and whom to call. Numbers are shown shortened: who stands beside the worker need not read them. */
import { maskPhone } from "@wuxin/kernel";
import type { Stop } from "../app/phone.ts";

const MOST = 3;

const addressOf = (s: Stop) => `${s.divisionName}${s.address.replace(s.divisionName, "")}`;
/** The phone's own map opens it; at the place of the last visit where there was one. */
export function wayTo(stop: Stop): string {
  const at = stop.place ? `${stop.place.latitude},${stop.place.longitude}` : "0,0";
  return `geo:${at}?q=${encodeURIComponent(stop.place ? at : addressOf(stop))}`;
}

export function Contact({ stop, far }: { stop: Stop; far?: string | undefined }) {
  const known = [...stop.people, { id: "", name: stop.title, phone: stop.phone }];
  const lines = known
    .filter((p, i) => p.phone && known.findIndex((x) => x.phone === p.phone) === i)
    .slice(0, MOST);
  return (
    <div class="contact">
      <p>
        {addressOf(stop)}
        {far && <span class="quiet"> · 约 {far}</span>}
      </p>
      <div class="row">
        {lines.map((p) => (
          <a key={p.phone} class="button" href={`tel:${p.phone}`}>
            <span>打给{p.name}</span>
            <span class="quiet small">{maskPhone(p.phone ?? "")}</span>
          </a>
        ))}
        <a class="button" href={wayTo(stop)}>
          导航
        </a>
      </div>
    </div>
  );
}
