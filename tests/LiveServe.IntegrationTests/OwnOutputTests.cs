using System.Text.RegularExpressions;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>What the command says may be written into the very folder that it watches.</summary>
public sealed partial class OwnOutputTests : IDisposable
{
    private const int Saves = 20;

    private readonly string _root = Directory.CreateTempSubdirectory("liveserve-").FullName;

    public OwnOutputTests() => File.WriteAllText(Path.Combine(_root, "index.html"), "<p>hi");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("> log.txt", "")]
    [InlineData("> log.txt", "--json")]
    [InlineData("> log.txt 2>&1", "--verbose")]
    [InlineData("| tee log.txt", "")]
    [InlineData("| tee log.txt", "--json")]
    [InlineData("2>&1 | tee log.txt", "--verbose")]
    public async Task A_line_into_the_folder_is_not_the_reason_for_the_next_one(string shell, string flag)
    {
        await using var tool = Tool.StartProgram("sh", ["-c", $"cd '{_root}' && exec dotnet '{Path.Combine(AppContext.BaseDirectory, "liveserve.dll")}' --port 0 {flag} {shell}"]);
        var log = new LogFile(Path.Combine(_root, "log.txt"));
        var port = int.Parse((await log.UntilAsync(Ready())).Groups[1].Value);
        using var socket = await RawSocket.OpenAsync(port);
        await socket.NextAsync("connected");

        var isPiped = shell.Contains("tee", StringComparison.Ordinal); // of a pipe nobody can know where it ends
        for (var i = 0; i < Saves; i++)
        {
            File.WriteAllText(Path.Combine(_root, $"notes{i}.md"), "x");
            await log.UntilAsync(new Regex($@"notes{i}\.md")); // other saves are said, each of them
            var heard = new HashSet<string>();
            while (!heard.Contains($"notes{i}.md") || (isPiped && !heard.Contains("log.txt")))
            {
                heard.UnionWith((await socket.NextAsync("updated")).GetProperty("files").EnumerateArray().Select(file => file.GetString()!));
            }
        }

        // Where each line made another one, there were one at least for each time that the file was heard of.
        Assert.InRange(log.Text.Split('\n').Count(line => line.Contains("log.txt", StringComparison.Ordinal)), 0, isPiped ? Saves / 2 : 0);
    }

    [GeneratedRegex(@"http://localhost:(\d+)/")]
    private static partial Regex Ready();

    /// <summary>A file that somebody else is writing.</summary>
    private sealed class LogFile(string path)
    {
        public string Text => File.Exists(path) ? Read() : "";

        public async Task<Match> UntilAsync(Regex words)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            using var changed = new SemaphoreSlim(0);
            using var watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path));
            watcher.Changed += (_, _) => changed.Release();
            watcher.Created += (_, _) => changed.Release();
            watcher.EnableRaisingEvents = true;
            while (true)
            {
                if (words.Match(Text) is { Success: true } match)
                {
                    return match;
                }

                await changed.WaitAsync(patience.Token);
            }
        }

        private string Read()
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }
    }
}
