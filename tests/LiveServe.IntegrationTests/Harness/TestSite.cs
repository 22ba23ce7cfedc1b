using System.Collections.Concurrent;

namespace LiveServe.IntegrationTests.Harness;

/// <summary>A folder of its own, and a real server on it on a free port.</summary>
public sealed class TestSite : IAsyncDisposable
{
    private readonly ConcurrentQueue<ServerEvent> _events = new();
    private readonly SemaphoreSlim _reported = new(0);
    private readonly Func<LiveServeOptions, LiveServeOptions> _options;

    private TestSite(Func<LiveServeOptions, LiveServeOptions> options) => _options = options;

    /// <summary>The folder, removed at the end.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("liveserve-").FullName;

    /// <summary>What the server keeps between runs; removed at the end.</summary>
    public string State => Root + "-state";

    /// <summary>The server that is running now.</summary>
    public LiveServer Server { get; private set; } = null!;

    /// <summary>What it reported.</summary>
    public IReadOnlyCollection<ServerEvent> Events => _events;

    /// <summary>The first event that is wanted, reported already or soon.</summary>
    public async Task<ServerEvent> EventAsync(Func<ServerEvent, bool> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (_events.FirstOrDefault(wanted) is { } found)
            {
                return found;
            }

            await _reported.WaitAsync(patience.Token);
        }
    }

    /// <summary>Its port.</summary>
    public int Port => Server.Url.Port;

    /// <summary>Starts on a folder with these files, and waits until it is watched.</summary>
    public static async Task<TestSite> StartAsync(Func<LiveServeOptions, LiveServeOptions>? options = null, params (string Path, string Text)[] files)
    {
        var site = new TestSite(options ?? (o => o));
        foreach (var (path, text) in files)
        {
            if (Directory.Exists(text))
            {
                site.CopyFrom(text);
            }
            else
            {
                site.Write(path, text);
            }
        }

        FileTick.Wait(site.Root); // what was written above is older than the server
        await site.StartServerAsync(port: 0);
        return site;
    }

    /// <summary>A full path in the folder.</summary>
    public string At(string path) => Path.Combine(Root, path);

    /// <summary>Saves bytes.</summary>
    public void Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllBytes(At(path), bytes);
    }

    /// <summary>Copies a folder of the checkout in.</summary>
    public void CopyFrom(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            Write(Path.GetRelativePath(folder, file), File.ReadAllBytes(file));
        }
    }

    /// <summary>Saves a file, and the folders it is in.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>Stops the server.</summary>
    public ValueTask StopServerAsync() => Server.DisposeAsync();

    /// <summary>Starts another one on the same folder.</summary>
    public async Task StartServerAsync(int port)
    {
        Server = await LiveServer.StartAsync(_options(new LiveServeOptions { Root = Root, StateFolder = State, Port = port, StrictPort = port != 0, Report = Note }));
        await Server.Watching;
    }

    private void Note(ServerEvent happened)
    {
        _events.Enqueue(happened);
        _reported.Release();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(Root, recursive: true);
        if (Directory.Exists(State))
        {
            Directory.Delete(State, recursive: true);
        }
    }
}
