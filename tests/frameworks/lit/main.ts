import 'ai-atlas';
import type { AtlasEventMap } from 'ai-atlas';
import { LitElement, html } from 'lit';

const items = [{ label: 'Tea', value: 60 }, { label: 'Coffee', value: 40 }];
const own = { kind: 'ai-atlas/market-share', tables: [{ id: 'own', title: 'Own data', kind: 'share', unit: '%', period: '2026', items }] };

class OwnPage extends LitElement {
  static properties = { chosen: {} };
  declare chosen: string | null;

  render() {
    const choose = ({ detail }: AtlasEventMap['atlas-select']) => (this.chosen = detail.entity);
    return html`
      <atlas-market-share src="shipped" table="hbm-2023" @atlas-select=${choose}></atlas-market-share>
      <p id="chosen">${this.chosen ?? 'Choose a company.'}</p>
      <atlas-market-share id="own" .data=${own}></atlas-market-share>`;
  }
}
customElements.define('own-page', OwnPage);
