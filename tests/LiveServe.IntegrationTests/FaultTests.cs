using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LiveServe.IntegrationTests.Harness;
using Microsoft.AspNetCore.Http;

namespace LiveServe.IntegrationTests;

/// <summary>What goes wrong around a server, and what its pages see of it. <c>docs/faults.md</c> lists all of it.</summary>
public sealed class FaultTests
{
    private static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    [Fact]
    public async Task A_thousand_sockets_hear_of_one_save()
    {
        await using var site = await TestSite.StartAsync(null, ("a.css", "p{}"));
        var sockets = new List<RawSocket>();
        try
        {
            for (var i = 0; i < 1000; i++)
            {
                sockets.Add(await RawSocket.OpenAsync(site.Port));
                await sockets[i].NextAsync("connected");
            }

            Assert.Equal(1000, site.Server.SocketCount);
            site.Write("a.css", "p{color:red}");
            foreach (var socket in sockets)
            {
                Assert.Equal("a.css", (await socket.NextAsync("updated")).GetProperty("files")[0].GetString());
            }

            Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/a.css")).Status);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task Another_folder_in_the_place_of_the_root_is_served_and_its_pages_are_told()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<p>old"), ("same.css", "p{}"), ("gone.css", "p{}"));
        var next = Directory.CreateTempSubdirectory("liveserve-").FullName;
        var away = site.Root + "-away";
        try
        {
            await File.WriteAllTextAsync(Path.Combine(next, "index.html"), "<p>new", Patience);
            await File.WriteAllTextAsync(Path.Combine(next, "same.css"), "p{}", Patience);
            using var socket = await RawSocket.OpenAsync(site.Port);
            await socket.NextAsync("connected");
            Directory.Move(site.Root, away);
            Directory.Move(next, site.Root);
            Assert.Contains("new", (await RawHttp.GetAsync(site.Port, "/")).Text, StringComparison.Ordinal);
            Assert.Equal(404, (await RawHttp.GetAsync(site.Port, "/gone.css")).Status);

            // One batch, or two when the looks fall apart: what differs is told, and then what is saved in the new folder.
            var told = new HashSet<string>();
            while (!told.IsSupersetOf(["index.html", "gone.css"]))
            {
                told.UnionWith((await socket.NextAsync("updated")).GetProperty("files").EnumerateArray().Select(file => file.GetString()!));
            }

            site.Write("later.css", "p{}");
            while (!told.Contains("later.css"))
            {
                told.UnionWith((await socket.NextAsync("updated")).GetProperty("files").EnumerateArray().Select(file => file.GetString()!));
            }
        }
        finally
        {
            Directory.Delete(away, recursive: true);
        }
    }

    [Fact]
    public async Task A_file_without_rights_is_refused_in_words_and_the_next_save_is_still_heard()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // rights are lists there
        }

        await using var site = await TestSite.StartAsync(null, ("a.css", "p{}"), ("closed.css", "p{}"));
        await using var tool = await UnprivilegedAsync(site.Root);
        var port = await tool.PortAsync();
        File.SetUnixFileMode(site.At("closed.css"), UnixFileMode.None);
        var answer = await RawHttp.GetAsync(port, "/closed.css");
        Assert.Equal(403, answer.Status);
        Assert.Contains("permissions forbid it", answer.Text, StringComparison.Ordinal);
        using var socket = await RawSocket.OpenAsync(port);
        await socket.NextAsync("connected");
        site.Write("a.css", "p{color:red}");
        while ((await socket.NextAsync("updated")).GetProperty("files")[0].GetString() != "a.css")
        {
            // The closed file may have been looked at first.
        }
    }

    [Fact]
    public async Task A_port_of_the_system_is_refused_in_words()
    {
        var root = Directory.CreateTempSubdirectory("liveserve-").FullName;
        try
        {
            Assert.SkipUnless(OperatingSystem.IsLinux() && File.ReadAllText("/proc/sys/net/ipv4/ip_unprivileged_port_start").Trim() != "0", "this system has no such ports");
            await using var tool = Tool.StartProgram("setpriv",
                ["--bounding-set", "-net_bind_service", "--inh-caps", "-net_bind_service", "dotnet", Path.Combine(AppContext.BaseDirectory, "liveserve.dll"), root, "--port", "81"]);
            var (code, errors) = await tool.EndAsync();
            Assert.Equal(3, code);
            Assert.Contains("Port 81 may not be listened on by this user. Choose a port above 1023", errors, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public async Task A_full_disk_under_the_log_stops_no_page()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no such device");
        await using var site = await TestSite.StartAsync(null, ("index.html", "<p>hi"));
        using var port = new EmptyPort();
        var number = port.Number;
        port.Dispose();
        await using var tool = Tool.StartProgram("sh", ["-c", $"exec dotnet '{Path.Combine(AppContext.BaseDirectory, "liveserve.dll")}' '{site.Root}' --port {number} --strict-port --verbose > /dev/full 2> /dev/full"]);
        await Retry.UntilAsync(() => TryGetAsync(number), answer => answer.Status == 200);
        using var socket = await RawSocket.OpenAsync(number);
        await socket.NextAsync("connected");
        site.Write("index.html", "<p>ho");
        await socket.NextAsync("updated");
        Assert.Contains("ho", (await RawHttp.GetAsync(number, "/")).Text, StringComparison.Ordinal);
        await tool.SignalAsync("TERM");
        Assert.Equal(0, (await tool.EndAsync()).Code);
    }

    [Fact]
    public async Task Where_few_files_may_be_open_they_are_shared_out_and_what_is_there_never_looks_missing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no such limit");
        await using var site = await TestSite.StartAsync(null, ("index.html", "<p>hi"));
        site.Write("big.bin", new byte[8_000_000]);
        await using var tool = Tool.StartProgram("sh", ["-c", $"ulimit -n 300; exec dotnet '{Path.Combine(AppContext.BaseDirectory, "liveserve.dll")}' '{site.Root}' --port 0"]);
        var port = await tool.PortAsync();
        var sockets = new List<RawSocket>();
        var readers = new List<TcpClient>();
        try
        {
            do
            {
                sockets.Add(await RawSocket.OpenAsync(port));
            }
            while (sockets[^1].Handshake.StartsWith("HTTP/1.1 101", StringComparison.Ordinal));
            Assert.StartsWith("HTTP/1.1 503", sockets[^1].Handshake, StringComparison.Ordinal);
            Assert.InRange(sockets.Count, 50, 200);

            for (var i = 0; i < 100; i++) // each holds a connection and a file, until there are no more
            {
                readers.Add(new TcpClient { ReceiveBufferSize = 4096 });
                await readers[i].ConnectAsync("127.0.0.1", port, Patience);
                Assert.Contains(await StatusAsync(readers[i]), (string[])["200", "503", ""]);
            }
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }

        Assert.Equal(200, (await Retry.UntilAsync(() => TryGetAsync(port), answer => answer.Status == 200)).Status);
        sockets.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task A_signal_ends_it_in_the_middle_of_sockets_downloads_and_streams()
    {
        await using var backend = await Backend.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: 1\n\n");
            await context.Response.Body.FlushAsync();
            var gone = new TaskCompletionSource();
            await using var end = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        });
        await using var site = await TestSite.StartAsync();
        site.Write("big.bin", new byte[64 * 1024 * 1024]);
        await using var tool = Tool.Start(site.Root, "--port", "0", "--proxy", $"/api={backend.Url}", "--echo", "/echo", "--relay", "/relay");
        var port = await tool.PortAsync();
        using var page = await RawSocket.OpenPageAsync(port, "/", null, null, 0);
        using var echo = await RawSocket.OpenAtAsync(port, "/echo");
        using var relay = await RawSocket.OpenAtAsync(port, "/relay");
        using var download = new TcpClient { ReceiveBufferSize = 4096 };
        await download.ConnectAsync("127.0.0.1", port, Patience);
        Assert.Equal("200", await StatusAsync(download));
        using var stream = new TcpClient();
        await stream.ConnectAsync("127.0.0.1", port, Patience);
        Assert.Equal("200", await StatusAsync(stream, "/api/events"));
        using var idle = new TcpClient();
        await idle.ConnectAsync("127.0.0.1", port, Patience);

        await tool.SignalAsync("TERM");
        Assert.Equal((1001, 1001, 1001), (await page.CloseCodeAsync(), await echo.CloseCodeAsync(), await relay.CloseCodeAsync()));
        Assert.Equal((0, ""), await tool.EndAsync());
        Assert.Equal("  stopped", tool.Output[^1]);
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_without_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("liveserve-").FullName;
        try
        {
            var file = Path.Combine(folder, "own.pem");
            await File.WriteAllTextAsync(file, Pem(TimeSpan.FromHours(1)), Patience); // so near its end that each look is due
            await using var site = await TestSite.StartAsync(options => options with { Certificate = file }, ("index.html", "<p>hi"));
            var renewed = Pem(TimeSpan.FromDays(300));
            await File.WriteAllTextAsync(file, renewed, Patience);
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", site.Port, Patience);
            await using var tls = new SslStream(client.GetStream());
            var any = new X509ChainPolicy { VerificationFlags = X509VerificationFlags.AllFlags, RevocationMode = X509RevocationMode.NoCheck };
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = any }, Patience);
            Assert.Equal(X509Certificate2.CreateFromPem(renewed).GetCertHashString(), tls.RemoteCertificate!.GetCertHashString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Pem(TimeSpan left)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow + left);
        return $"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    // Rights mean nothing to root, so root runs it as somebody who has none.
    private static Task<Tool> UnprivilegedAsync(string root)
    {
        string[] command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "liveserve.dll"), root, "--port", "0"];
        return Task.FromResult(Environment.UserName == "root"
            ? Tool.StartProgram("setpriv", ["--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-dac_override,-dac_read_search", .. command])
            : Tool.StartProgram(command[0], command[1..]));
    }

    private static async Task<RawAnswer> TryGetAsync(int port)
    {
        try
        {
            return await RawHttp.GetAsync(port, "/", "Accept: */*");
        }
        catch (SocketException)
        {
            return RawHttp.NoAnswer; // not listening yet
        }
    }

    // The status only; what follows stays unread.
    private static async Task<string> StatusAsync(TcpClient client, string target = "/big.bin")
    {
        try
        {
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n"), Patience);
            var head = new byte[12];
            return await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, Patience) < head.Length ? "" : Encoding.ASCII.GetString(head, 9, 3);
        }
        catch (IOException)
        {
            return ""; // closed without a word
        }
    }
}
