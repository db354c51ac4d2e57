import { AtlasElement } from 'ai-atlas';

AtlasElement.assets = '/ai-atlas/'; // where the build script copies the package to

document.querySelector('atlas-market-share').addEventListener('atlas-select', ({ detail }) => {
  document.querySelector('#chosen').textContent = detail.entity;
});
