import { mount } from 'svelte';
import Gallery from './Gallery.svelte';

const target = document.querySelector('#gallery');
if (!target) throw new Error('index.html has no place for the gallery.');
mount(Gallery, { target });
