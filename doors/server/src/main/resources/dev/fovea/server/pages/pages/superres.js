import { BurstPage } from './burst.js';

class SuperResPage extends BurstPage {
  service = 'superres';
}

customElements.define('fovea-superres-page', SuperResPage);
