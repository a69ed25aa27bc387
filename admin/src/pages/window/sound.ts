import { create } from 'zustand';

const STORE = 'talent-card.console.sound';

const kept = () => {
  try {
    return localStorage.getItem(STORE) === 'on';
  } catch {
    return false;
  }
};

/** Off until somebody asks for it: a hall has many windows. */
export const useSound = create<{ on: boolean; set(on: boolean): void }>()((set) => ({
  on: kept(),
  set: (on) => {
    set({ on });
    try {
      localStorage.setItem(STORE, on ? 'on' : 'off');
    } catch {
      // Then the choice lasts as long as the page.
    }
  },
}));

let audio: AudioContext | null = null;

/** High and short lets in; low and long does not. Browsers without sound stay silent. */
export function beep(colour: 'green' | 'amber' | 'red'): void {
  if (!useSound.getState().on || typeof AudioContext !== 'function') return;
  audio ??= new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = { green: 880, amber: 520, red: 220 }[colour];
  volume.gain.value = 0.15;
  tone.connect(volume).connect(audio.destination);
  const from = audio.currentTime;
  tone.start(from);
  tone.stop(from + (colour === 'green' ? 0.12 : 0.4));
}
