import { join } from 'node:path';
import { repositoryFolder } from '@provident/assembly';
import { readStory, type Story, type StoryStep } from '../../deploy/sample/story.js';

export const SAMPLE_FILES = join(repositoryFolder(), 'deploy', 'sample', 'files');

/** The sample's story up to the end of its first months, and its year's closing. */
export function sampleStory(months: number): Story {
  const story = readStory(SAMPLE_FILES);
  const last = `${story.year}-${String(months).padStart(2, '0')}-31`;
  const kept = (step: StoryStep): boolean => step.do === 'close-year' || step.on <= last;
  return { ...story, controls: story.controls.slice(0, months), steps: story.steps.filter(kept) };
}

/** The step to go on with is kept here by the process that runs the story. */
export const storyNote = (dataFolder: string): string => join(dataFolder, 'story.json');
