using LiveServe.Chat;
using LiveServe.Chat.History;
using LiveServe.Files;
using LiveServe.Protocol;
using Microsoft.Data.Sqlite;

namespace LiveServe.UnitTests.Chat;

/// <summary>Whatever is wrong with the file, there is a room.</summary>
public sealed class StoredRoomLogTests : IDisposable
{
    private static readonly Author Ann = new("u1", "Ann", "7Q");

    private readonly string _folder = Directory.CreateTempSubdirectory("liveserve-").FullName;
    private readonly List<string> _warnings = [];

    private string Path => System.IO.Path.Combine(_folder, "room.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nothing_is_written_until_somebody_comes_and_the_epoch_is_told_before()
    {
        using var log = Log();
        var epoch = log.Epoch;
        Assert.Equal((0, 1), (log.Head, log.Oldest));
        Assert.Empty(log.Since(0)!);
        Assert.Empty(log.Before(long.MaxValue, 10, out _)!);
        Assert.Null(log.Person("secret"));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
        log.Remember("secret", Ann);
        Assert.True(File.Exists(Path));
        Assert.Equal(epoch, log.Epoch);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void An_empty_file_is_a_new_one()
    {
        File.WriteAllText(Path, "");
        using var log = Log();
        log.Append(Chat(log, 1));
        Assert.Empty(_warnings);
    }

    public static TheoryData<string> Damages => ["random", "truncated", "header", "middle", "text"];

    [Theory, MemberData(nameof(Damages))]
    public void A_damaged_file_is_set_aside_whole_and_a_new_epoch_begins(string damage)
    {
        var epoch = Fill(300);
        var damaged = Damage(File.ReadAllBytes(Path), damage);
        File.WriteAllBytes(Path, damaged);

        using var log = Log();
        Assert.NotEqual(epoch, log.Epoch);
        Assert.Equal(0, log.Head);
        log.Append(Chat(log, 1));
        var aside = Assert.Single(Directory.GetFiles(_folder, "room.db.damaged-*"));
        Assert.Equal(damaged, File.ReadAllBytes(aside));
        Assert.Contains(aside, Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_twice_in_one_second_both_are_kept()
    {
        for (var i = 1; i <= 2; i++)
        {
            File.WriteAllText(Path, new string((char)('a' + i), 5000));
            using var log = Log();
            log.Append(Chat(log, 1));
        }

        Assert.Equal(2, Directory.GetFiles(_folder, "room.db.damaged-*").Length);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"type":"pong","t":1}""")]
    public void Damage_that_a_read_meets_costs_the_history_and_not_the_room(string json)
    {
        var epoch = Fill(1);
        using (var database = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            database.Open();
            HistorySchema.Run(database, $"UPDATE message SET json = '{json}'");
        }

        using var log = Log();
        Assert.Equal(epoch, log.Epoch);
        Assert.Empty(log.Before(long.MaxValue, 10, out _)!);
        Assert.NotEqual(epoch, log.Epoch);
        log.Append(Chat(log, 1));
        Assert.Single(_warnings);
        Assert.Single(Directory.GetFiles(_folder, "room.db.damaged-*"));
    }

    [Fact]
    public void While_another_has_it_the_second_says_so_soon_and_keeps_its_messages_in_memory()
    {
        using var first = Log();
        first.Append(Chat(first, 1));
        using var second = Log();
        second.Append(Chat(second, 1));
        Assert.Single(second.Before(long.MaxValue, 10, out _)!);
        Assert.Contains("is in use by another liveserve", Assert.Single(_warnings), StringComparison.Ordinal);
        first.Append(Chat(first, 2));
    }

    [Fact]
    public void A_file_of_another_program_is_left_alone()
    {
        using (var database = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            database.Open();
            HistorySchema.Run(database, "CREATE TABLE theirs (a)");
        }

        var before = File.ReadAllBytes(Path);
        using (var log = Log())
        {
            log.Append(Chat(log, 1));
        }

        Assert.Equal(before, File.ReadAllBytes(Path));
        Assert.Contains("it belongs to another program", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_must_not_be_a_file_is_none_and_that_is_said_when_somebody_comes()
    {
        using var log = Log(refusal: () => "It would be inside the site.");
        Assert.Equal(0, log.Head);
        Assert.Empty(_warnings);
        log.Append(Chat(log, 1));
        Assert.Contains("It would be inside the site. The room's messages are kept in memory.", Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_costs_one_warning()
    {
        File.WriteAllText(Path, "");
        using var log = new StoredRoomLog(new HistoryFile(new StateFolder(Path), "room.db"), () => null, () => new MemoryRoomLog(), TimeProvider.System, Warn);
        log.Append(Chat(log, 1));
        log.Append(Chat(log, 2));
        Assert.Single(_warnings);
    }

    private StoredRoomLog Log(Func<string?>? refusal = null) =>
        new(new HistoryFile(new StateFolder(_folder), "room.db"), refusal ?? (() => null), () => new MemoryRoomLog(), TimeProvider.System, Warn);

    private void Warn(string message, string? hint) => _warnings.Add(message);

    private string Fill(int count)
    {
        using var log = Log();
        for (var seq = 1; seq <= count; seq++)
        {
            log.Append(Chat(log, seq));
        }

        return log.Epoch;
    }

    private static byte[] Damage(byte[] file, string how)
    {
        var random = new Random(7);
        switch (how)
        {
            case "random":
                random.NextBytes(file);
                return file;
            case "truncated":
                return file[..(file.Length / 2)];
            case "header":
                random.NextBytes(file.AsSpan(0, 50));
                return file;
            case "middle":
                random.NextBytes(file.AsSpan(file.Length / 2, 8192));
                return file;
            default:
                file.AsSpan(file.AsSpan().LastIndexOf("\"type\":\"chat\""u8), 13).Fill((byte)'"');
                return file;
        }
    }

    private static ChatMessage Chat(IRoomLog log, long seq) => new(
        seq, $"{log.Epoch}-{seq}", Ann, $"message {seq} {new string('x', 100)}", "text", null, null, null, null, null, DateTimeOffset.UtcNow, $"k{seq}");
}
