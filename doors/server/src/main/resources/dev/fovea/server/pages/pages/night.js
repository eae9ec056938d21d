import { BurstPage } from './burst.js';

class NightPage extends BurstPage {
  service = 'night';
}

customElements.define('fovea-night-page', NightPage);
