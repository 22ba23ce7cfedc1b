// The count lives in the window and nowhere else: it survives an update, but not a reload.
window.clicks ??= 0;

const button = document.querySelector('#count');
const show = () => { button.querySelector('output').textContent = window.clicks; };
button.addEventListener('click', () => {
  window.clicks++;
  show();
});
show();

const form = document.querySelector('#note');
form.addEventListener('submit', event => {
  event.preventDefault();
  const name = new FormData(form).get('name') || 'stranger';
  form.querySelector('[role=status]').textContent = `Kept, ${name}. Nothing left this page.`;
});
