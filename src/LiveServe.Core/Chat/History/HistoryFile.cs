using System.Diagnostics;
using System.Globalization;
using LiveServe.Files;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LiveServe.Chat.History;

/// <summary>The file that a history is in: opened for us alone, looked through, and put out of the way when it is damaged.</summary>
/// <param name="folder">Where it is. It is made when the file is.</param>
internal sealed class HistoryFile(StateFolder folder, string name)
{
    // Another liveserve that is just stopping gets this long to let go. The library's own 30 seconds would be a freeze.
    private const int SecondsForLocks = 2;

    // Looking through 10,000 messages takes a few ms. What is larger than can be read in this time is damaged where a read finds it so.
    private static readonly TimeSpan CheckBudget = TimeSpan.FromMilliseconds(500);

    // What SQLite puts beside it.
    private static readonly string[] Companions = ["-wal", "-shm", "-journal"];

    /// <summary>Its full path.</summary>
    public string FullPath => folder.At(name);

    /// <summary>Whether there is one.</summary>
    public bool Exists => File.Exists(FullPath);

    /// <summary>Opens it, or makes it.</summary>
    /// <exception cref="SqliteException">It is damaged (see <see cref="IsDamage"/>), in use, or cannot be written.</exception>
    /// <exception cref="ForeignHistoryException">It is not ours to write.</exception>
    /// <exception cref="IOException">It cannot be made. So do <see cref="UnauthorizedAccessException"/> and, without the native library,
    /// <see cref="TypeInitializationException"/> or <see cref="DllNotFoundException"/> tell of what they are named for.</exception>
    public SqliteConnection Open()
    {
        folder.Prepare(name);
        var database = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = FullPath,
            Pooling = false, // closed is closed
            DefaultTimeout = SecondsForLocks,
        }.ToString());
        try
        {
            database.Open();

            // For us alone, so there is no -shm file, and a second process learns at once that it is one.
            HistorySchema.Run(database, "PRAGMA locking_mode = EXCLUSIVE");
            Check(database);
            HistorySchema.Migrate(database);

            // NORMAL: each message is written to the log before it is acknowledged, which outlives this process; the disk is told to keep it at checkpoints,
            // so a power cut may lose the last ones. What was deleted is overwritten.
            HistorySchema.Run(database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA cache_size = -1000");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Whether a failure says that what is in the file cannot be right.</summary>
    public static bool IsDamage(SqliteException failure) => failure.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>Renames the file, and the log beside it, with the time. Nothing is deleted.</summary>
    /// <returns>What it is called now.</returns>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public string SetAside(DateTimeOffset now)
    {
        var stem = $"{FullPath}.damaged-{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
        var aside = stem;
        for (var number = 2; File.Exists(aside); number++)
        {
            aside = $"{stem}-{number}";
        }

        File.Move(FullPath, aside);
        foreach (var companion in Companions.Where(companion => File.Exists(FullPath + companion)))
        {
            File.Move(FullPath + companion, aside + companion);
        }

        return aside;
    }

    // Damage in the middle is seen by this only: opening and writing go well.
    private static void Check(SqliteConnection database)
    {
        var began = Stopwatch.GetTimestamp();
        raw.sqlite3_progress_handler(database.Handle, 1000, _ => Stopwatch.GetElapsedTime(began) > CheckBudget ? 1 : 0, null);
        try
        {
            using var check = new Statement(database, "PRAGMA quick_check(1)");
            if (check.Value() as string is var verdict and not "ok")
            {
                throw new SqliteException(verdict ?? "nothing could be read", raw.SQLITE_CORRUPT);
            }
        }
        catch (SqliteException late) when (late.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            // What was read of it is sound.
        }
        finally
        {
            raw.sqlite3_progress_handler(database.Handle, 0, null, null);
        }
    }
}
