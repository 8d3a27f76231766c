// Paced breathing. Words and circle go together; it ends by itself, it can be stopped, and a soft sound is made here if it is wanted.
const IN_SHARE = 0.4;
const part = (name) => document.querySelector(`[data-breath-${name}]`);
const frame = document.querySelector("[data-breath]");
const [circle, word, done, form, stop, sound] = ["circle", "word", "done", "form", "stop", "sound"].map(part);
let timer = 0;
let voice = null;

function begin() {
  const { pace, minutes } = form.elements;
  const cycle = 60000 / Number(pace.value);
  const began = performance.now();
  const until = Number(minutes.value) * 60000;
  frame.dataset.pace = pace.value;
  document.querySelectorAll("[data-breath-count]").forEach((one) => { one.hidden = one.dataset.breathCount !== pace.value; });
  done.hidden = true;
  word.hidden = stop.hidden = false;
  circle.style.animationPlayState = "running";
  circle.getAnimations().forEach((one) => { one.currentTime = 0; });
  clearInterval(timer);
  const tick = () => {
    const passed = performance.now() - began;
    if (passed >= until) return end(done);
    const phase = (passed % cycle) / cycle;
    say(phase < IN_SHARE ? word.dataset.in : word.dataset.out);
    voice?.follow(phase);
  };
  timer = setInterval(tick, 100);
  tick();
}

function end(told) {
  clearInterval(timer);
  circle.style.animationPlayState = "paused";
  stop.hidden = true;
  word.hidden = told === done;
  done.hidden = told !== done;
  voice?.rest();
}

function say(text) {
  if (word.textContent !== text) word.textContent = text;
}

// Noise through a filter that opens with the breath in and closes with the breath out: something like a slow sea.
function makeVoice() {
  const context = new AudioContext();
  const noise = context.createBuffer(1, 4 * context.sampleRate, context.sampleRate);
  const samples = noise.getChannelData(0);
  for (let at = 0; at < samples.length; at += 1) samples[at] = 2 * Math.random() - 1;
  const source = new AudioBufferSourceNode(context, { buffer: noise, loop: true });
  const filter = new BiquadFilterNode(context, { type: "lowpass", frequency: 250, Q: 0.5 });
  const volume = new GainNode(context, { gain: 0 });
  source.connect(filter).connect(volume).connect(context.destination);
  source.start();
  let on = true;
  const glide = (parameter, value, seconds) => parameter.setTargetAtTime(value, context.currentTime, seconds);
  return {
    follow(phase) {
      const share = phase < IN_SHARE ? phase / IN_SHARE : (1 - phase) / (1 - IN_SHARE);
      const swell = (1 - Math.cos(Math.PI * share)) / 2;
      glide(filter.frequency, 250 + 650 * swell, 0.2);
      if (on) glide(volume.gain, 0.06 + 0.3 * swell, 0.2);
    },
    rest() { glide(volume.gain, 0, 0.5); },
    turn(wanted) {
      on = wanted;
      if (on) context.resume();
      else this.rest();
    },
  };
}

function turnSound() {
  const { other } = sound.dataset;
  sound.dataset.other = sound.textContent;
  sound.textContent = other;
  sound.dataset.on = sound.dataset.on ? "" : "yes";
  if (!voice) voice = makeVoice();
  voice.turn(Boolean(sound.dataset.on));
}

sound.hidden = !("AudioContext" in window);
sound.addEventListener("click", turnSound);
stop.addEventListener("click", () => { say(word.dataset.free); end(word); form.querySelector("button").focus({ preventScroll: true }); });
form.addEventListener("submit", (event) => { event.preventDefault(); begin(); frame.scrollIntoView({ block: "center" }); });
begin();
