using System.Text.Json;
using LiveServe.Cli;
using LiveServe.Cli.Settings;

namespace LiveServe.UnitTests.Cli;

/// <summary>The one table, and what is made from it.</summary>
public sealed class AllSettingsTests
{
    [Fact]
    public void No_two_settings_share_a_name()
    {
        var spellings = AllSettings.Table.SelectMany(setting => new[] { setting.Flag, setting.OffFlag, setting.Letter, setting.Alias is { } alias ? $"--{alias}" : null }).OfType<string>().ToList();
        Assert.Equal(spellings.Count, spellings.Distinct().Count());
        Assert.All(AllSettings.Table, setting => Assert.Matches("^[a-z]+(-[a-z]+)*$", setting.Name));
        Assert.All(AllSettings.Table, setting => Assert.Matches("^[a-z]+([A-Z][a-z]+)*$", setting.Key));
    }

    [Fact]
    public void The_help_fits_a_terminal_and_names_each_setting_once()
    {
        var lines = HelpText.Render().Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= 150, line));
        Assert.All(AllSettings.Table, setting => Assert.Single(lines, line => line[..Math.Min(28, line.Length)].Split(' ', ',', '[').Contains(setting.ShownFlag)));
    }

    [Fact]
    public void The_schema_knows_each_setting_and_nothing_else()
    {
        using var schema = JsonDocument.Parse(SettingsSchema.Render());
        Assert.False(schema.RootElement.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(
            AllSettings.Table.Select(setting => setting.Key).Append("$schema").Order(StringComparer.Ordinal),
            schema.RootElement.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("liveserve --por", "--port")]
    [InlineData("liveserve --no-ch", "--no-chat")]
    [InlineData("liveserve site --reload f", "full")]
    [InlineData("liveserve --reload ", "auto,full,none")]
    [InlineData("liveserve --zzz", "")]
    public void The_shell_is_told_what_may_come_next(string line, string expected) =>
        Assert.Equal(expected, string.Join(',', GivenFlags.Complete(line, line.Length)));

    [Theory]
    [InlineData('r', "Reload")]
    [InlineData('Q', "Quit")]
    [InlineData('?', "Help")]
    [InlineData('x', "None")]
    [InlineData('\u001b', "None")]
    [InlineData('\0', "None")]
    public void Keys_mean_what_the_help_says(char character, string key) => Assert.Equal(key, Keys.Of(character).ToString());

    [Fact]
    public void The_keys_help_names_every_key()
    {
        var shown = Keys.Help.Split("   ").Select(part => Keys.Of(part[0])).Append(Key.Help).Append(Key.None).Order();
        Assert.Equal(Enum.GetValues<Key>().Order(), shown);
    }
}
