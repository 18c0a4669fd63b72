package io.escapement.app;

import io.escapement.event.RunHeader;
import io.escapement.experiment.Engine;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Progress;
import io.escapement.experiment.Scope;
import io.escapement.experiment.record.Journal;
import io.escapement.experiment.record.JournalInUse;
import io.escapement.experiment.record.MalformedJournal;
import io.escapement.experiment.study.Experiments;
import io.escapement.run.Command;
import io.escapement.run.Run;
import io.escapement.run.RunPipeline;
import io.escapement.web.ExperimentShelf;
import io.escapement.web.InvalidRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The experiments of a process for its dashboard: their results on disk, and those that are being performed, by a command of this
 * process or because somebody asked over the API. Over the API one at a time: two would share the processors, and the clocks of
 * both would mean nothing. Thread-safe.
 */
final class ExperimentDesk implements ExperimentShelf {

    private static final Logger LOG = LoggerFactory.getLogger(ExperimentDesk.class);
    private static final int MOST_JOBS = 1024;
    private static final int MOST_TRIALS = 1_000_000;

    private final ExperimentFiles files = new ExperimentFiles();
    private final LiveRuns runs;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, String> errors = new ConcurrentHashMap<>();

    ExperimentDesk(LiveRuns runs) {
        this.runs = runs;
    }

    /** One that is being performed. Called by the engine on its threads. */
    static final class Session implements Engine.Onlooker {
        private final Set<Run> live = ConcurrentHashMap.newKeySet();
        private volatile Progress progress;
        private volatile boolean stopping;

        @Override
        public void progressed(Progress now) {
            progress = now;
        }

        @Override
        public void began(Run run) {
            live.add(run);
            run.whenEnded(() -> live.remove(run));
            if (stopping) {
                run.command(Command.STOP, "the dashboard");
            }
        }

        @Override
        public boolean stopped() {
            return stopping;
        }

        private void stop() {
            stopping = true;
            live.forEach(run -> run.command(Command.STOP, "the dashboard"));
        }

        private Running running() {
            Progress now = progress;
            return now == null
                    ? new Running(0, 0, 0, null, state())
                    : new Running(
                            now.done(),
                            now.total(),
                            now.reused(),
                            now.left().map(Duration::toSeconds).orElse(null),
                            state());
        }

        private String state() {
            return stopping ? "stopping" : "running";
        }
    }

    /** Shows an experiment that a command of this process performs. */
    Session show(String id, Path directory) {
        files.put(id, directory);
        Session session = new Session();
        sessions.put(id, session);
        return session;
    }

    void ended(String id) {
        sessions.remove(id);
    }

    /** Trials as runs of the dashboard. */
    Engine.Runs shown() {
        return new Engine.Runs() {
            @Override
            public Run create(RunHeader header, RunPipeline<?, ?> pipeline) {
                return runs.create(header, pipeline);
            }

            @Override
            public void start(Run run) {
                runs.start(run);
            }
        };
    }

    @Override
    public List<Entry> experiments() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Experiment experiment : Experiments.all()) {
            String id = experiment.id();
            Optional<ExperimentFiles.Newest> newest = files.newest(id);
            Session session = sessions.get(id);
            entries.add(new Entry(
                    id,
                    experiment.title(),
                    experiment.source(),
                    experiment.trials(false),
                    newest.isPresent(),
                    newest.map(ExperimentFiles.Newest::met).orElse(null),
                    newest.map(ExperimentFiles.Newest::complete).orElse(null),
                    newest.map(ExperimentFiles.Newest::quick).orElse(null),
                    newest.map(ExperimentFiles.Newest::finished).orElse(null),
                    session == null ? null : session.running(),
                    errors.get(id)));
        }
        return entries;
    }

    @Override
    public Optional<String> latest(String id) throws IOException {
        return Experiments.find(id).isPresent() ? files.latest(id) : Optional.empty();
    }

    @Override
    public Optional<List<Trial>> trials(String id, String cell) throws IOException {
        Optional<Experiment> found = Experiments.find(id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Experiment experiment = found.get();
        return Optional.of(Journal.trials(files.directoryOf(id)).stream()
                .filter(trial -> trial.key().experiment().equals(id)
                        && trial.key().version() == experiment.version()
                        && trial.key().settings().equals(experiment.settings())
                        && (cell == null || trial.key().cell().equals(cell)))
                .map(trial -> new Trial(
                        trial.key().cell(),
                        trial.key().seed(),
                        trial.outcome().run(),
                        trial.outcome().state().label(),
                        trial.outcome().verdict(),
                        trial.outcome().success(),
                        trial.outcome().figures(),
                        trial.outcome().seconds()))
                .toList());
    }

    @Override
    public Started start(String id, Wish wish) throws InvalidRequest {
        Experiment experiment = Experiments.find(id).orElse(null);
        if (experiment == null) {
            return Started.UNKNOWN;
        }
        Scope own = Scope.of(experiment, wish.quick());
        int most = Math.min(MOST_TRIALS, experiment.mostTrials());
        int trials = within("trials", wish.trials(), own.trials(), most);
        int jobs = within("jobs", wish.jobs(), Runtime.getRuntime().availableProcessors(), MOST_JOBS);
        Scope scope = new Scope(trials, wish.seed() == null ? own.seed() : wish.seed(), wish.quick());
        Session session;
        synchronized (this) {
            if (!sessions.isEmpty()) {
                return Started.BUSY;
            }
            session = show(id, files.directoryOf(id));
        }
        errors.remove(id);
        ExperimentSession performed = new ExperimentSession(experiment, scope, jobs, files.directoryOf(id));
        Thread thread = new Thread(() -> perform(performed, session), "experiment " + id);
        thread.setDaemon(true);
        thread.start();
        return Started.STARTED;
    }

    private static int within(String name, Long asked, int own, int most) throws InvalidRequest {
        if (asked == null) {
            return own;
        }
        if (asked < 1 || asked > most) {
            throw new InvalidRequest(name, name + " is " + asked + "; 1 to " + most + " is possible");
        }
        return asked.intValue();
    }

    private void perform(ExperimentSession performed, Session session) {
        String id = performed.experiment().id();
        try {
            ExperimentSession.Conclusion conclusion = performed.perform(shown(), session);
            int failed = conclusion.collected().failed();
            if (failed > 0) {
                errors.put(id, failed + " trials failed by an error of ours; the server's log says which");
            }
        } catch (IOException e) {
            errors.put(id, performed.directory() + " cannot be written: " + e.getMessage());
        } catch (MalformedJournal | JournalInUse e) {
            errors.put(id, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("experiment {} failed", id, e);
            errors.put(id, "an error of ours; the server's log says which");
        } finally {
            ended(id);
        }
    }

    @Override
    public boolean stop(String id) {
        Session session = sessions.get(id);
        if (session == null) {
            return false;
        }
        session.stop();
        return true;
    }
}
