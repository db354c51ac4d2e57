import 'ai-atlas/vue'; // the elements, and their types in templates
import { createApp } from 'vue';
import App from './App.vue';

createApp(App).mount('#app');
