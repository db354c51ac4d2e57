import 'ai-atlas';

document.querySelector('atlas-market-share').addEventListener('atlas-select', ({ detail }) => {
  document.querySelector('#chosen').textContent = detail.entity;
});
