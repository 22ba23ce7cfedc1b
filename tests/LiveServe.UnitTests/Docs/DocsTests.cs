using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveServe.Cli.Settings;
using LiveServe.Protocol;
using LiveServe.UnitTests.Architecture;

namespace LiveServe.UnitTests.Docs;

/// <summary>The documentation says what the code does, because it is read here.</summary>
public sealed partial class DocsTests
{
    public static TheoryData<string> ServerExamples => [.. Examples("server")];

    public static TheoryData<string> ClientExamples => [.. Examples("client")];

    [Theory, MemberData(nameof(ServerExamples))]
    public void What_the_protocol_shows_is_what_we_write(string line)
    {
        var message = JsonSerializer.Deserialize(line, WireContext.Default.ServerMessage)!;
        var written = JsonDocument.Parse(Wire.Serialize(message)).RootElement;
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(line).RootElement, written), $"{line}\n{written}");
    }

    [Theory, MemberData(nameof(ClientExamples))]
    public void What_the_protocol_shows_is_what_we_take(string line)
    {
        var (message, error) = ClientMessageReader.Read(Encoding.UTF8.GetBytes(line));
        Assert.Null(error);
        Assert.NotNull(message);
    }

    [Fact]
    public void Every_message_has_an_example()
    {
        var shown = Examples("server").Concat(Examples("client")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("type").GetString()).ToHashSet();
        var server = typeof(ServerMessage).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false)
            .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(attribute => (string)attribute.TypeDiscriminator!);
        string[] client = ["hello", "resources", "applied", "problem", "console", "custom", "ping", "join", "chat", "edit", "delete", "rename", "typing", "page", "history", "host"];
        Assert.All(server.Concat(client), type => Assert.Contains(type, shown));
        Assert.Equal(client.Length, typeof(ClientMessage).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(ClientMessage)) && !type.IsAbstract));
    }

    [Fact]
    public void The_command_lines_page_holds_the_help_itself()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "command-line.md")).ReplaceLineEndings("\n");
        Assert.Contains(HelpText.Render().ReplaceLineEndings("\n"), page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_that_ships_is_the_one_that_is_read_by()
    {
        var shipped = File.ReadAllText(Path.Combine(Repository.Root, "docs", SettingsSchema.Name)).ReplaceLineEndings("\n");
        Assert.Equal(SettingsSchema.Render(), shipped);
    }

    [Fact]
    public void Links_in_the_documentation_lead_somewhere()
    {
        string[] pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Repository.Root, file))];
        var broken = pages.SelectMany(page => Link().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)))
            .Select(match => match.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith('#'))
            .Where(link => !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, link.Split('#')[0]))).Select(link => $"{page}: {link}"));
        Assert.Empty(broken);
    }

    private static IEnumerable<string> Examples(string side)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "protocol.md")).ReplaceLineEndings("\n");
        return Block().Matches(text).Where(match => match.Groups[1].Value == side)
            .SelectMany(match => match.Groups[2].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [GeneratedRegex("```json (server|client)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
