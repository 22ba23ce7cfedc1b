using LiveServe.Cli.Settings;

namespace LiveServe.Cli;

/// <summary>
/// From the start to the end of the command: one server after another, since a change of the settings ends one and starts the next on the
/// same port. Its pages come back to it and compare what they show.
/// </summary>
internal sealed class Session : IDisposable
{
    private static readonly TimeSpan UntilWritten = TimeSpan.FromMilliseconds(100);

    private readonly IReadOnlyList<string> _arguments;
    private readonly CancellationTokenSource _stop;
    private readonly SemaphoreSlim _settingsChanged = new(0);
    private Invocation _asked;
    private ISink _sink;
    private LiveServer? _server;
    private FileSystemWatcher? _fileElsewhere;

    /// <summary>A session that has not begun.</summary>
    /// <param name="arguments">What was typed: it is read again with each change of the file.</param>
    /// <param name="stop">Ends it, and is cancelled by the key for that.</param>
    public Session(IReadOnlyList<string> arguments, Invocation asked, CancellationTokenSource stop)
    {
        (_arguments, _asked, _stop) = (arguments, asked, stop);
        _sink = SinkFor(asked);
    }

    /// <summary>Where things are told now.</summary>
    public ISink Sink => _sink;

    /// <summary>Serves until it is stopped.</summary>
    /// <param name="notes">Said once it is ready.</param>
    /// <exception cref="LiveServeException">The first server could not be started.</exception>
    public async Task RunAsync(IReadOnlyList<string> notes)
    {
        WatchFileElsewhere();
        await StartAsync(_asked);
        foreach (var note in notes)
        {
            _sink.Show(new WarningRaised(note, null));
        }

        if (Keys.AreThere && !_asked.Output.Json)
        {
            Keys.Listen(Press);
        }

        try
        {
            await OpenAsync(_asked.Open);
            while (true)
            {
                await _settingsChanged.WaitAsync(_stop.Token);
                while (await _settingsChanged.WaitAsync(UntilWritten, _stop.Token))
                {
                    // It is being written still.
                }

                await RestartAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }

        await _server!.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _fileElsewhere?.Dispose();
        _settingsChanged.Dispose();
    }

    private static ISink SinkFor(Invocation asked) => asked.Output.Json ? new JsonLines(asked.Output, Console.Out) : new Terminal(asked.Output, Console.Out, Console.Error);

    private async Task StartAsync(Invocation asked)
    {
        var sink = SinkFor(asked);
        var began = DateTime.Now;
        var server = await LiveServer.StartAsync(asked.Serve with { Report = happened => Take(happened, asked, sink) });
        var since = _server is null ? DateTime.Now - ProcessStart.Time : DateTime.Now - began;
        (_server, _asked, _sink) = (server, asked, sink);
        if (asked.Serve.Port != 0 && asked.Serve.Port != server.Url.Port)
        {
            sink.Show(new WarningRaised($"Port {asked.Serve.Port} is in use; this is {server.Url.Port}.", "Choose one with --port, or fail with --strict-port."));
        }

        sink.Ready(server, since);
    }

    private async Task RestartAsync()
    {
        var reading = CommandLine.Read(_arguments);
        if (reading.Invocation is not { } asked)
        {
            foreach (var problem in reading.Problems)
            {
                _sink.Show(new WarningRaised(problem, "The server goes on with the settings it has."));
            }

            return;
        }

        if (asked.Fingerprint == _asked.Fingerprint)
        {
            return;
        }

        // The port that its pages know, unless another one is asked for.
        var (before, port) = (_asked, _server!.Url.Port);
        asked = asked.Serve.Port == before.Serve.Port ? asked with { Serve = asked.Serve with { Port = port } } : asked;
        _sink.Show(new WarningRaised($"{Path.GetFileName(asked.File ?? before.File)} changed; the server starts anew.", null));
        await _server.DisposeAsync();
        try
        {
            await StartAsync(asked);
        }
        catch (LiveServeException failure)
        {
            _sink.Show(new WarningRaised($"{failure.Message} The settings are as before.", failure.Hint));
            await StartAsync(before with { Serve = before.Serve with { Port = port } });
        }
    }

    private void Take(ServerEvent happened, Invocation asked, ISink sink)
    {
        sink.Show(happened);
        var root = RootOf(asked);
        if (happened is EditorWanted { File: var file, Line: var line, Column: var column } && Editor.Open(Path.Combine(root, file), line, column) is var (problem, hint))
        {
            sink.Show(new WarningRaised(problem, hint));
        }

        if (happened is UpdateSent sent && sent.Files.Any(name => Path.Combine(root, name) == (asked.File ?? Path.Combine(root, SettingsFile.Name))))
        {
            _settingsChanged.Release();
        }
    }

    // Of a back end's site there is none; then it is where the command was given.
    private static string RootOf(Invocation asked) => Path.GetFullPath(asked.Serve.Root.Length > 0 ? asked.Serve.Root : ".");

    // The site's own watcher tells of a file in ROOT. For one elsewhere the system's is enough: it is one file, and read again before it counts.
    private void WatchFileElsewhere()
    {
        if (_asked.File is not { } file || (_asked.Serve is { Watch: true, Root.Length: > 0 } && Path.GetDirectoryName(Path.GetFullPath(file)) == RootOf(_asked)))
        {
            return;
        }

        _fileElsewhere = new FileSystemWatcher(Path.GetDirectoryName(Path.GetFullPath(file))!, Path.GetFileName(file));
        _fileElsewhere.Changed += (_, _) => _settingsChanged.Release();
        _fileElsewhere.Created += (_, _) => _settingsChanged.Release();
        _fileElsewhere.Renamed += (_, _) => _settingsChanged.Release();
        _fileElsewhere.EnableRaisingEvents = true;
    }

    private void Press(Key key)
    {
        if (_server is not { } server)
        {
            return;
        }

        switch (key)
        {
            case Key.Open: Open(server, "/"); break;
            case Key.Reload: _sink.Say($"{server.ReloadPages()} told to load again"); break;
            case Key.Urls: _sink.ShowAddresses(server); break;
            case Key.Pages: _sink.Say(server.Pages is { Count: > 0 } pages ? string.Join('\n', pages) : "no open page"); break;
            case Key.Pause:
                server.IsPaused = !server.IsPaused;
                _sink.Say(server.IsPaused ? "paused: changes wait until you press p again" : "changes go out again");
                break;
            case Key.Clear: Console.Clear(); break;
            case Key.Quit: _stop.Cancel(); break;
            case Key.Help: _sink.Say(Keys.Help); break;
        }
    }

    // Not when a tab of an earlier run comes back.
    private async Task OpenAsync(string? path)
    {
        if (path is not null && !await Browser.HasTabAsync(_server!, _stop.Token))
        {
            Open(_server!, path);
        }
    }

    private void Open(LiveServer server, string path)
    {
        if (Browser.Open(new Uri(server.Url, path), _asked.Browser) is { } problem)
        {
            _sink.Show(new WarningRaised(problem, $"Open {server.Url} yourself."));
        }
    }
}
