/** The accounts of a county, first of all: staff by the system, residents as if they had registered on their phones. */
import { addDays, addMonthsToDate } from "@wuxin/kernel";
import { DEMO_PASSWORD, residentsOf, staffOf } from "./accounts.ts";
import type { Scene } from "./scene.ts";

export function tellAccounts(scene: Scene): void {
  const { agenda, base, county } = scene;
  const founded = addDays(addMonthsToDate(base, -13), -10);
  agenda.add({
    key: "accounts",
    on: founded,
    actor: "system",
    run: (tx, house) =>
      house.access.install(
        tx,
        staffOf(county).map((s) => ({ ...s, password: DEMO_PASSWORD })),
      ),
  });
  for (const r of residentsOf(county)) {
    const person = scene.resident(r.key);
    const home = scene.home();
    agenda.add({
      key: `resident/${r.key}`,
      on: addDays(founded, 3),
      actor: "system",
      run: async (tx, house) => {
        await house.registry.ensurePerson(tx, {
          id: r.personId,
          name: r.name,
          idNo: person.idNo,
          phone: r.phone,
          divisionCode: home.divisionCode,
          address: home.address,
        });
        await house.access.registerResident(tx, {
          id: r.accountId,
          personId: r.personId,
          name: r.name,
          loginNames: [person.idNo, r.phone],
          shownAs: `${r.phone.slice(0, 3)}****${r.phone.slice(-4)}`,
          password: DEMO_PASSWORD,
        });
      },
    });
  }
}
