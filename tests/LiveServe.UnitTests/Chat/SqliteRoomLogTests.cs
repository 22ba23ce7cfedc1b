using LiveServe.Chat;
using LiveServe.Chat.History;
using LiveServe.Files;
using LiveServe.Protocol;
using Microsoft.Data.Sqlite;

namespace LiveServe.UnitTests.Chat;

public sealed class SqliteRoomLogTests : RoomLogContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveserve-").FullName;
    private int _files;

    private HistoryFile File => new(new StateFolder(_folder), $"{_files}.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private protected override IRoomLog Create(int most)
    {
        _files++;
        return Open(most: most);
    }

    [Fact]
    public void All_of_it_is_there_when_it_is_opened_again()
    {
        string epoch;
        var edit = new EditedMessage(2, "", "now", Ann, Start.AddMinutes(1), "k2");
        using (var log = Create(100))
        {
            epoch = log.Epoch;
            log.Append(Chat(log, 1, Ann, "k1", "then"));
            log.Append(edit with { Target = $"{epoch}-1" });
            log.Append(new DeletedMessage(3, $"{epoch}-7", Bob, Start, "k3"));
            log.Remember("secret", Ann);
        }

        using var again = Open();
        Assert.Equal((epoch, 3, 1), (again.Epoch, again.Head, again.Oldest));
        Assert.Equal("now", again.Find($"{epoch}-1")!.Body);
        Same(edit with { Target = $"{epoch}-1" }, again.Find("u1", "k2"));
        Assert.Equal(3, again.Find("u2", "k3")!.Seq);
        Assert.Equal(Ann, again.Person("secret"));
        again.Append(Chat(again, 4, Ann, "k4", "next"));
    }

    [Fact]
    public void What_is_too_old_is_dropped_when_it_is_opened_and_the_numbers_go_on()
    {
        using (var log = Create(1000))
        {
            for (var seq = 1; seq <= 700; seq++)
            {
                log.Append(Chat(log, seq, Ann, $"k{seq}", "b"));
            }
        }

        using var later = Open(now: Start.AddDays(31));
        Assert.Equal((700, 701), (later.Head, later.Oldest));
        Assert.Null(later.Since(699));
        Assert.Empty(later.Since(700)!);
        later.Append(Chat(later, 701, Ann, "k701", "b") with { At = Start.AddDays(31) });
        Assert.Equal(701, Assert.Single(later.Since(700)!).Seq);
    }

    [Fact]
    public void Nobody_reads_a_secret_or_what_was_deleted_in_the_file()
    {
        using (var log = Create(100))
        {
            log.Remember("secret-of-a-browser", Ann);
            log.Append(Chat(log, 1, Ann, "k1", "regretted-words"));
            log.Append(new EditedMessage(2, $"{log.Epoch}-1", "regretted-too", Ann, Start));
            log.Append(new DeletedMessage(3, $"{log.Epoch}-1", Ann, Start));
            log.Append(Chat(log, 4, Ann, "k4", "cleared-words"));
            Assert.Contains("cleared-words", Bytes(), StringComparison.Ordinal); // it is looked for in the right place
            log.Clear();
            Assert.DoesNotContain("cleared-words", Bytes(), StringComparison.Ordinal);
        }

        Assert.DoesNotMatch("secret-of-a-browser|regretted|cleared-words", Bytes());
        Assert.Contains("Ann", Bytes(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_database_refuses_a_message_whole_and_takes_it_when_there_is_room()
    {
        _files++;
        using var database = File.Open();
        using var log = new SqliteRoomLog(database, "e1", Start, 100, MemoryRoomLog.MaximumAge);
        log.Append(Chat(log, 1, Ann, "k1", "target"));
        HistorySchema.Run(database, "PRAGMA max_page_count = 1");
        var large = Chat(log, 2, Ann, "k2", new string('x', 30_000));
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Contains("full", Assert.Throws<RoomLogException>(() => log.Append(large)).Message, StringComparison.Ordinal);
            Assert.Throws<RoomLogException>(() => log.Append(new EditedMessage(2, $"{log.Epoch}-1", new string('y', 30_000), Ann, Start, "k2")));
        }

        Assert.Equal((1, "target"), (log.Head, log.Find($"{log.Epoch}-1")!.Body));
        Assert.Null(log.Find("u1", "k2"));
        HistorySchema.Run(database, "PRAGMA max_page_count = 100000");
        log.Append(large);
        Same(large, Assert.Single(log.Since(1)!));
    }

    [Fact]
    public void Only_this_user_can_read_the_file_and_what_stands_beside_it()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // the profile's own access list says so there
        }

        using var log = Create(100);
        log.Append(Chat(log, 1, Ann, "k1", "x"));
        foreach (var file in Directory.GetFiles(_folder))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public void A_file_of_a_later_version_or_of_another_program_is_not_touched()
    {
        using (Create(100))
        {
        }

        foreach (var sql in new[] { "PRAGMA user_version = 99", "PRAGMA user_version = 1; PRAGMA application_id = 7" })
        {
            using (var database = new SqliteConnection($"Data Source={File.FullPath};Pooling=False"))
            {
                database.Open();
                HistorySchema.Run(database, sql);
            }

            var before = System.IO.File.ReadAllBytes(File.FullPath);
            Assert.Throws<ForeignHistoryException>(() => File.Open().Dispose());
            Assert.Equal(before, System.IO.File.ReadAllBytes(File.FullPath));
        }
    }

    private SqliteRoomLog Open(int most = 100, DateTimeOffset? now = null) => new(File.Open(), RoomEntries.NewEpoch(), now ?? Start, most, MemoryRoomLog.MaximumAge);

    private string Bytes() => string.Concat(Directory.GetFiles(_folder).Select(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }));
}
