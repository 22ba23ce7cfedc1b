using System.Text.Json;
using LiveServe.Protocol;
using Microsoft.Data.Sqlite;

namespace LiveServe.Chat.History;

/// <summary>
/// A room's log in a file, opened when it is first needed: until somebody joins a room that has no file yet, no library is loaded and nothing is written.
/// A file that cannot be used costs one warning and not the room: damaged, it is set aside and a new one begins; in use, foreign or not to be opened, the
/// messages are kept in memory.
/// </summary>
/// <param name="refusal">Tells why there must be no such file; <see langword="null"/> when there may.</param>
/// <param name="memory">Makes what replaces the file.</param>
/// <param name="warn">Takes one sentence, and what to do about it.</param>
internal sealed class StoredRoomLog(HistoryFile file, Func<string?> refusal, Func<IRoomLog> memory, TimeProvider time, Action<string, string?> warn) : IRoomLog
{
    private const string Remedy = "They are gone when it stops. Name another file with --history to keep them.";

    private string _epoch = RoomEntries.NewEpoch();
    private IRoomLog? _opened;
    private bool _failing;

    /// <inheritdoc/>
    public string Epoch => Read(log => log.Epoch, _epoch);

    /// <inheritdoc/>
    public long Head => Read(log => log.Head, 0);

    /// <inheritdoc/>
    public long Oldest => Read(log => log.Oldest, 1);

    /// <inheritdoc/>
    public void Append(RoomMessage message) => Write(log => log.Append(message));

    /// <inheritdoc/>
    public IReadOnlyList<RoomMessage>? Since(long after) => Read(log => log.Since(after), after == 0 ? [] : null);

    /// <inheritdoc/>
    public IReadOnlyList<ChatMessage>? Before(long before, int limit, out bool more)
    {
        var (found, rest) = Read(log => (log.Before(before, limit, out var more), more), ([], false));
        more = rest;
        return found;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ChatMessage>? After(long after, int limit, out bool more)
    {
        var (found, rest) = Read(log => (log.After(after, limit, out var more), more), ([], false));
        more = rest;
        return found;
    }

    /// <inheritdoc/>
    public ChatMessage? Find(string id) => Read(log => log.Find(id), null);

    /// <inheritdoc/>
    public RoomMessage? Find(string user, string cid) => Read(log => log.Find(user, cid), null);

    /// <inheritdoc/>
    public Author? Person(string key) => Read(log => log.Person(key), null);

    /// <inheritdoc/>
    public void Remember(string key, Author person)
    {
        try
        {
            Opened().Remember(key, person);
        }
        catch (SqliteException)
        {
            // They are a new person the next time: no reason to keep anybody out. What is wrong is said when a message cannot be kept.
        }
    }

    /// <inheritdoc/>
    public void Clear() => Write(log => log.Clear());

    /// <inheritdoc/>
    public void Dispose()
    {
        _opened?.Dispose();
        _opened = memory(); // whoever comes late is not let near the file
    }

    private T Read<T>(Func<IRoomLog, T> read, T nothing)
    {
        if (_opened is null && !file.Exists)
        {
            return nothing;
        }

        try
        {
            return read(Opened());
        }
        catch (Exception failure) when (IsDamage(failure))
        {
            Replace(failure.Message);
            return read(_opened!);
        }
        catch (SqliteException failure)
        {
            Say(failure.Message);
            return nothing;
        }
    }

    private void Write(Action<IRoomLog> write)
    {
        try
        {
            write(Opened());
            _failing = false;
        }
        catch (Exception failure) when (IsDamage(failure))
        {
            Replace(failure.Message);
            throw new RoomLogException("The history was damaged, and a new one has begun.", failure);
        }
        catch (RoomLogException failure)
        {
            Say(failure.Message);
            throw;
        }
    }

    private static bool IsDamage(Exception failure) => failure is JsonException || (failure is SqliteException { } problem && HistoryFile.IsDamage(problem));

    private IRoomLog Opened() => _opened ??= refusal() is { } why ? InMemory(why) : Open();

    private IRoomLog Open()
    {
        try
        {
            return OpenFile();
        }
        catch (Exception damage) when (IsDamage(damage))
        {
            return BeginAnew(damage.Message);
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return InMemory($"The room's history, {file.FullPath}, is in use by another liveserve.");
        }
        catch (Exception missing) when (missing is TypeInitializationException or DllNotFoundException)
        {
            return InMemory("SQLite's native library, e_sqlite3, is not beside the program.");
        }
        catch (Exception failure) when (failure is SqliteException or ForeignHistoryException or IOException or UnauthorizedAccessException)
        {
            return InMemory($"The room's history, {file.FullPath}, cannot be opened: {failure.Message.TrimEnd('.')}.");
        }
    }

    private SqliteRoomLog OpenFile()
    {
        var database = file.Open();
        try
        {
            return new SqliteRoomLog(database, _epoch, time.GetUtcNow(), MemoryRoomLog.Retention, MemoryRoomLog.MaximumAge);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private void Replace(string why)
    {
        _opened!.Dispose();
        _epoch = RoomEntries.NewEpoch();
        _opened = BeginAnew(why);
    }

    private IRoomLog BeginAnew(string why)
    {
        try
        {
            var aside = file.SetAside(time.GetUtcNow());
            var log = OpenFile();
            warn($"The room's history was damaged ({why.TrimEnd('.')}). It is {aside} now, and a new one begins.", "sqlite3's command .recover may read what is left in it.");
            return log;
        }
        catch (Exception failure) when (failure is SqliteException or ForeignHistoryException or IOException or UnauthorizedAccessException)
        {
            return InMemory($"The room's history, {file.FullPath}, is damaged, and cannot be put aside: {failure.Message.TrimEnd('.')}.");
        }
    }

    private IRoomLog InMemory(string why)
    {
        warn($"{why} The room's messages are kept in memory.", Remedy);
        return memory();
    }

    // Once until it goes well again.
    private void Say(string why)
    {
        if (!_failing)
        {
            warn($"The room's history, {file.FullPath}, cannot be used now: {why.TrimEnd('.')}.", "The next message tries it again.");
        }

        _failing = true;
    }
}
