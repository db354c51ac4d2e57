import 'ai-atlas/svelte'; // the elements, and their types in templates
import { mount } from 'svelte';
import App from './App.svelte';

mount(App, { target: document.getElementById('app')! });
