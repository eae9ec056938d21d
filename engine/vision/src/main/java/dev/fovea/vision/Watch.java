package dev.fovea.vision;

import dev.fovea.Tracker;
import dev.fovea.image.Box;
import dev.fovea.image.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Sees the faces of a video: detects now and then, follows with the mesh network in between. A face that is lost and found again nearby soon
 * keeps its number. Its scenes' persons are steady in time.
 */
final class Watch implements Tracker<Frame, Scene> {
    /** A quick look every so many frames while faces are followed; every frame while there are none. */
    private static final int QUICK = 10;
    /** In turn: for faces of the usual size, for large ones, for small ones. */
    private static final List<FaceDetector> LOOKS = List.of(
            new FaceDetector(320, 320, 0, Belief.WORTH_A_LOOK),
            new FaceDetector(160, 160, 0.25, Belief.WORTH_A_LOOK),
            new FaceDetector(320, 320, 0, Belief.WORTH_A_LOOK),
            new FaceDetector(640, 640, 0, Belief.WORTH_A_LOOK));

    private static final double USUAL = 1.0 / 30;
    /** Longer gaps are a cut or a pause: nothing is predicted over them. */
    private static final double LONGEST = 0.5;
    /** How long a lost face keeps its number. */
    private static final double REMEMBERED = 1.5;

    /** A face that was lost. */
    private record Lost(Track track, double at) {}

    private final Nets nets;
    private final List<Track> tracks = new ArrayList<>();
    private final List<Lost> lost = new ArrayList<>();
    private final PersonTrack person = new PersonTrack();
    private long frames;
    private long lastAsked = -1;
    private int next;
    private int sinceLook;
    private int looks;
    private double clock;
    private Optional<Duration> before = Optional.empty();

    Watch(Nets nets) {
        this.nets = nets;
    }

    /** What nobody asks the scene for costs nothing. */
    @Override
    public Scene next(Frame frame) {
        long number = frames++;
        return new Scene(new View.OfFrame(frame), nets)
                .asking(new Faces(), (scene, all) -> faces(number, frame, scene))
                .asking(new Person(), person.next());
    }

    /** The faces of a frame; of one older than the last that was asked for they are looked for as in a picture. */
    private synchronized List<Face> faces(long number, Frame frame, Scene scene) {
        if (number <= lastAsked) {
            return new Faces().look(scene, nets);
        }
        lastAsked = number;
        var mesh = new FaceMesh(nets);
        double seconds = seconds(frame);
        clock += seconds;
        boolean all = follow(scene, mesh, Math.min(seconds, LONGEST));
        sinceLook++;
        if (!all || tracks.isEmpty() || sinceLook >= QUICK) {
            look(scene, mesh);
        }
        lost.removeIf(l -> clock - l.at > REMEMBERED);
        var eyes = new EyeStates(nets);
        return tracks.stream()
                .map(track -> track.face(scene, eyes))
                .sorted(Comparator.comparingDouble((Face f) -> f.box().area()).reversed())
                .toList();
    }

    /** The time since the last frame; what is usual if the timestamps do not tell. */
    private double seconds(Frame frame) {
        double since = before.map(b -> frame.at().minus(b).toNanos() / 1e9).orElse(USUAL);
        before = Optional.of(frame.at());
        return since > 1e-4 ? since : USUAL;
    }

    /** Follows every face; false if one was lost. */
    private boolean follow(Scene scene, FaceMesh mesh, double seconds) {
        int known = tracks.size();
        tracks.removeIf(track -> {
            boolean gone = !track.follow(scene, mesh, seconds);
            if (gone) {
                lost.add(new Lost(track, clock));
            }
            return gone;
        });
        for (int i = tracks.size() - 1; i > 0; i--) {
            Box box = tracks.get(i).box();
            if (tracks.subList(0, i).stream().anyMatch(older -> older.box().overlap(box) > Faces.SAME)) {
                tracks.remove(i);
            }
        }
        return tracks.size() == known;
    }

    private void look(Scene scene, FaceMesh mesh) {
        sinceLook = 0;
        List<Detection> found = scene.see(LOOKS.get(looks++ % LOOKS.size()));
        tracks.removeIf(t -> t.doubtful(found.stream().anyMatch(t::is), LOOKS.size()));
        for (Detection d : found) {
            Optional<Track> known = tracks.stream().filter(t -> t.is(d)).findFirst();
            boolean placed = known.isPresent() && known.get().agrees(d);
            if (!placed && FaceCrop.of(d.points()).usable()) {
                FaceMesh.Found seen = mesh.settle(scene, d.points());
                if (seen.mesh().finite() && Belief.of(d.score(), seen.presence()) >= Belief.SURE) {
                    known.ifPresentOrElse(t -> t.reseat(seen), () -> add(d, seen));
                }
            }
        }
    }

    private void add(Detection d, FaceMesh.Found found) {
        Box box = found.mesh().box();
        if (tracks.stream().anyMatch(t -> t.box().overlap(box) > Faces.SAME || Faces.piece(box, t.box()))) {
            return;
        }
        tracks.removeIf(t -> Faces.piece(t.box(), box));
        Optional<Lost> same = lost.stream()
                .filter(l -> near(l.track.box(), box))
                .min(Comparator.comparingDouble(l -> l.track.box().centre().distance(box.centre())));
        same.ifPresent(lost::remove);
        tracks.add(new Track(
                same.map(l -> l.track.id()).orElseGet(() -> next++), Belief.of(d.score(), found.presence()), found));
    }

    /** Not farther than a face's width, and about as large. */
    private static boolean near(Box a, Box b) {
        double ratio = a.width() / Math.max(1e-9, b.width());
        return a.centre().distance(b.centre()) < Math.max(a.width(), b.width()) && ratio > 0.5 && ratio < 2;
    }
}
