import { AtlasFundingTimeline } from 'ai-atlas/react';
import { Choice } from './choice';

// A page of the server: attributes need nothing more.
export default function Page() {
  return (
    <main>
      <Choice />
      <AtlasFundingTimeline src="shipped" />
    </main>
  );
}
