// The load client of bench/sockets.mjs: thousands of WebSockets in one thread, epoll and no library, so that it costs little beside the server that it
// measures. One clock for what is sent, what is written and what is received.
//
//   cc -O2 -o load load.c && ./load PORT PATH     speaks commands on standard input, one a line, and answers each with one line of JSON
//   open N [mute]        opens N sockets (mute: never read from); {"open":N,"ms":…}
//   hello TEXT           each socket sends TEXT once (a \x1e in it for SignalR's end of a message)
//   send MARK TEXT       one socket, each time the next one, sends TEXT; until every reading socket but the sender has a message that contains MARK
//                        {"first":ms,"last":ms,"got":n}
//   send-all MARK TEXT   the same, and the sender is among those who wait
//   burst N MARK TEXT    N messages from one socket, one after another, until all are everywhere; {"ms":…,"got":n}
//   write FILE MARK TEXT writes TEXT into FILE in place; until every reading socket has a message that contains MARK
//   floor PORT           (as the only argument) a server that sends what it hears to everyone else by plain send(2): what the loopback itself costs
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define KEPT 70000 // of each frame, to look for the mark in: SignalR puts many messages into one

struct peer {
    int fd, mute, upgraded, got;
    unsigned char head[14];
    int head_length;
    uint64_t left;        // of the frame's payload
    int in_payload, opcode;
    char kept[KEPT];
    int kept_length;
};

static struct peer *peers;
static int count, readers, epoll, port;
static const char *path;
static char mark[256];
static int wanted, heard;           // how often each is to get it, how often all have
static struct peer *excepted;
static double first_at, last_at;

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1e3 + t.tv_nsec / 1e6; }
static void die(const char *what) { perror(what); exit(1); }

static void send_all(int fd, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR)) { usleep(50); continue; }
        if (sent < 0) die("send");
        bytes += sent; length -= sent;
    }
}

static size_t masked_frame(char *out, int opcode, const char *text, size_t length) {
    size_t n = 0;
    out[n++] = 0x80 | opcode;
    if (length < 126) out[n++] = 0x80 | length;
    else { out[n++] = (char)(0x80 | 126); out[n++] = length >> 8; out[n++] = length & 255; }
    memset(out + n, 0, 4); n += 4; // a mask of zeros is a mask
    memcpy(out + n, text, length);
    return n + length;
}

static void say(struct peer *p, int opcode, const char *text, size_t length) {
    static char frame[70000];
    send_all(p->fd, frame, masked_frame(frame, opcode, text, length));
}

static void message(struct peer *p) {
    if (p->opcode == 9) { say(p, 10, p->kept, p->kept_length < 125 ? p->kept_length : 125); return; }
    if (p->opcode > 2 || !mark[0] || p == excepted || p->got >= wanted) return;
    // SignalR and others may put several messages into one frame.
    char *at = p->kept, *end = p->kept + p->kept_length;
    size_t length = strlen(mark);
    while (p->got < wanted && (at = memmem(at, end - at, mark, length))) {
        p->got++; heard++; at += length;
        double t = now();
        if (heard == 1) first_at = t;
        last_at = t;
    }
}

static void feed(struct peer *p, const unsigned char *bytes, ssize_t length) {
    while (length > 0) {
        if (!p->upgraded) { // to the end of the answer's head
            const unsigned char *end = memmem(bytes, length, "\r\n\r\n", 4);
            if (!end) return;
            if (!memmem(bytes, length, " 101 ", 5)) { fprintf(stderr, "refused: %.*s\n", (int)(length < 300 ? length : 300), bytes); exit(1); }
            p->upgraded = 1;
            length -= end + 4 - bytes; bytes = end + 4;
            continue;
        }
        if (!p->in_payload) {
            p->head[p->head_length++] = *bytes++; length--;
            if (p->head_length < 2) continue;
            int code = p->head[1] & 127, need = 2 + (code == 126 ? 2 : code == 127 ? 8 : 0);
            if (p->head_length < need) continue;
            p->left = code;
            if (code >= 126) { p->left = 0; for (int i = 2; i < need; i++) p->left = p->left << 8 | p->head[i]; }
            p->opcode = p->head[0] & 15; p->in_payload = 1; p->kept_length = 0; p->head_length = 0;
        }
        uint64_t part = p->left < (uint64_t)length ? p->left : (uint64_t)length;
        int keep = KEPT - p->kept_length < (int)part ? KEPT - p->kept_length : (int)part;
        memcpy(p->kept + p->kept_length, bytes, keep); p->kept_length += keep;
        bytes += part; length -= part; p->left -= part;
        if (p->left == 0) { p->in_payload = 0; message(p); }
    }
}

// Reads what is there; 0 when nothing came within the time.
static int turn(int milliseconds) {
    static struct epoll_event events[1024];
    static unsigned char buffer[1 << 16];
    int n = epoll_wait(epoll, events, 1024, milliseconds);
    for (int i = 0; i < n; i++) {
        struct peer *p = events[i].data.ptr;
        ssize_t got = recv(p->fd, buffer, sizeof buffer, 0);
        if (got > 0) feed(p, buffer, got);
        else if (got == 0 || errno != EAGAIN) { epoll_ctl(epoll, EPOLL_CTL_DEL, p->fd, 0); close(p->fd); p->fd = -1; if (!p->mute) readers--; }
    }
    return n;
}

static void open_peers(int more, int mute) {
    double began = now();
    static int capacity;
    if (count + more > capacity) { // never moved: epoll knows the places
        if (peers) { fprintf(stderr, "open the most first\n"); exit(1); }
        capacity = 12000; peers = calloc(capacity, sizeof *peers);
    }
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    char request[512];
    int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n", path, port);
    for (int i = 0; i < more; i++) {
        struct peer *p = &peers[count++];
        p->mute = mute;
        p->fd = socket(AF_INET, SOCK_STREAM, 0);
        if (p->fd < 0) die("socket");
        if (mute) { int small = 4096; setsockopt(p->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small); }
        if (connect(p->fd, (struct sockaddr *)&to, sizeof to) < 0) die("connect");
        int yes = 1; setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        send_all(p->fd, request, length);
        fcntl(p->fd, F_SETFL, O_NONBLOCK);
        if (mute) continue;
        readers++;
        struct epoll_event event = { .events = EPOLLIN, .data.ptr = p };
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, p->fd, &event) < 0) die("epoll_ctl");
        for (double until = now() + 20000; !p->upgraded && now() < until;) turn(100);
        if (!p->upgraded) { fprintf(stderr, "no answer\n"); exit(1); }
    }
    printf("{\"open\":%d,\"ms\":%.1f}\n", count, now() - began);
}

static void expect(const char *text, int times, struct peer *except) {
    snprintf(mark, sizeof mark, "%s", text);
    wanted = times; heard = 0; excepted = except; first_at = last_at = 0;
    for (int i = 0; i < count; i++) peers[i].got = 0;
}

static void await(double began, int all) {
    for (double quiet = now(); heard < all && now() - quiet < 10000;) if (turn(200) > 0) quiet = now();
    printf("{\"first\":%.3f,\"last\":%.3f,\"got\":%d,\"of\":%d}\n", first_at - began, last_at - began, heard, all);
    mark[0] = 0;
}

static struct peer *speaker(void) {
    static int next;
    do next = (next + 7) % count; while (peers[next].mute || peers[next].fd < 0);
    return &peers[next];
}

static void unescape(char *text) { // \x1e only
    for (char *at; (at = strstr(text, "\\x1e"));) { *at = 0x1e; memmove(at + 1, at + 4, strlen(at + 4) + 1); }
}

static void run(char *line) {
    char *word = strsep(&line, " ");
    if (!strcmp(word, "open")) { int n = atoi(strsep(&line, " ")); open_peers(n, line != NULL); }
    else if (!strcmp(word, "hello")) {
        unescape(line);
        for (int i = 0; i < count; i++) { if (peers[i].fd >= 0) say(&peers[i], 1, line, strlen(line)); turn(0); }
        while (turn(300) > 0) { }
        printf("{}\n");
    } else if (!strcmp(word, "send") || !strcmp(word, "send-all") || !strcmp(word, "burst")) {
        int times = strcmp(word, "burst") ? 1 : atoi(strsep(&line, " ")), everyone = !strcmp(word, "send-all");
        char *text = strsep(&line, " ");
        unescape(line);
        while (turn(0) > 0) { }
        struct peer *p = speaker();
        expect(text, times, everyone ? NULL : p);
        double began = now();
        for (int i = 0; i < times; i++) { say(p, 1, line, strlen(line)); if (times > 1) turn(0); }
        await(began, times * (everyone ? readers : readers - 1));
    } else if (!strcmp(word, "write")) {
        char *file = strsep(&line, " "), *text = strsep(&line, " ");
        while (turn(0) > 0) { }
        expect(text, 1, NULL);
        double began = now();
        int fd = open(file, O_WRONLY | O_TRUNC | O_CREAT, 0644);
        if (fd < 0 || write(fd, line, strlen(line)) < 0) die(file);
        close(fd);
        await(began, readers);
    } else { fprintf(stderr, "what is %s?\n", word); exit(1); }
    fflush(stdout);
}

// The least that any server does: one send(2) for each receiver, in a loop. It understands only handshakes and short frames.
static void floor_server(void) {
    static int all[12000]; static char shaken[70000];
    int n = 0, rest = 0, yes = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0 || listen(listener, 1024) < 0) die("listen");
    struct epoll_event event = { .events = EPOLLIN, .data.fd = listener };
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    printf("ready\n"); fflush(stdout);
    for (;;) {
        static struct epoll_event events[256]; static unsigned char in[70000];
        int ready = epoll_wait(epoll, events, 256, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd == listener) {
                int peer = accept(listener, 0, 0);
                setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
                struct epoll_event more = { .events = EPOLLIN, .data.fd = peer };
                epoll_ctl(epoll, EPOLL_CTL_ADD, peer, &more); all[n++] = peer;
                continue;
            }
            ssize_t got = recv(fd, in + rest, sizeof in - rest, 0);
            if (got <= 0) { epoll_ctl(epoll, EPOLL_CTL_DEL, fd, 0); for (int k = 0; k < n; k++) if (all[k] == fd) all[k--] = all[--n]; close(fd); continue; }
            if (!shaken[fd]) { shaken[fd] = 1; send_all(fd, "HTTP/1.1 101 Switching Protocols\r\n\r\n", 36); continue; }
            unsigned char *at = in;
            for (got += rest; got >= 8;) {
                int skip = (at[1] & 127) == 126 ? 4 : 2, length = skip == 4 ? at[2] << 8 | at[3] : at[1] & 127;
                if (got < skip + 4 + length) break;
                memmove(at + 4, at, skip); at[5] &= 127; // the head, to where the mask was
                for (int k = 0; k < n; k++) if (all[k] != fd) send_all(all[k], (char *)at + 4, skip + length);
                at += skip + 4 + length; got -= skip + 4 + length;
            }
            memmove(in, at, rest = got); // one speaks at a time
        }
    }
}

int main(int argc, char **argv) {
    if (argc != 3) { fprintf(stderr, "load PORT PATH | load floor PORT\n"); return 2; }
    struct rlimit most; getrlimit(RLIMIT_NOFILE, &most); most.rlim_cur = most.rlim_max; setrlimit(RLIMIT_NOFILE, &most);
    epoll = epoll_create1(0);
    if (!strcmp(argv[1], "floor")) { port = atoi(argv[2]); floor_server(); }
    port = atoi(argv[1]); path = argv[2];
    char *line = NULL; size_t size = 0;
    for (ssize_t n; (n = getline(&line, &size, stdin)) > 0;) { if (line[n - 1] == '\n') line[n - 1] = 0; run(line); }
    return 0;
}
