/* CoreFoundation's side of the stand-in: objects, their ownership, and what a test may ask of them. */
#include "standin.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_FAULTS 8
#define MAX_SETTINGS 16
#define MAX_CALLS 64
#define MISUSE_SIZE 4096
#define QUARANTINE 8192
#define BUCKETS 65536

struct ThreadState {
    long live;
    char misuse[MISUSE_SIZE];
    struct { const char *function; int nth; int64_t value; } faults[MAX_FAULTS];
    int fault_count;
    struct { char name[48]; int64_t value; } settings[MAX_SETTINGS];
    int setting_count;
    struct { const char *function; int count; } calls[MAX_CALLS];
    int call_count;
    Object *lists[LIST_COUNT];
    Object *description;
};

typedef struct Node { const void *address; struct Node *next; } Node;

static pthread_mutex_t s_gate = PTHREAD_MUTEX_INITIALIZER;
static Node *s_known[BUCKETS];
static struct { void *payload; } s_quarantine[QUARANTINE];
static unsigned s_quarantined;
static __thread ThreadState *t_state;

static ThreadState *state(void)
{
    if (!t_state)
        t_state = calloc(1, sizeof *t_state);
    return t_state;
}

static unsigned bucket(const void *address) { return (unsigned)(((uintptr_t)address >> 4) % BUCKETS); }

static bool is_known(const void *address)
{
    bool found = false;
    pthread_mutex_lock(&s_gate);
    for (Node *node = s_known[bucket(address)]; node && !found; node = node->next)
        found = node->address == address;
    pthread_mutex_unlock(&s_gate);
    return found;
}

void standin_misuse(Object *object, const char *function, const char *problem)
{
    ThreadState *owner = object ? object->owner : state();
    pthread_mutex_lock(&s_gate);
    size_t used = strlen(owner->misuse);
    snprintf(owner->misuse + used, sizeof owner->misuse - used, "%s: %s\n", function, problem);
    pthread_mutex_unlock(&s_gate);
}

static bool is_live(CFTypeRef given, const char *function)
{
    if (!given) {
        standin_misuse(NULL, function, "was given NULL for an object");
        return false;
    }
    if (!is_known(given)) {
        standin_misuse(NULL, function, "was given what is no object");
        return false;
    }
    Object *object = (Object *)given;
    if (__atomic_load_n(&object->references, __ATOMIC_SEQ_CST) <= 0) {
        standin_misuse(object, function, "was given an object after its last release");
        return false;
    }
    return true;
}

bool standin_is(CFTypeRef given, CFTypeID type, const char *function)
{
    if (!is_live(given, function))
        return false;
    if (((Object *)given)->type != type) {
        char problem[80];
        snprintf(problem, sizeof problem, "was given an object of type %lu for one of type %lu", ((Object *)given)->type, type);
        standin_misuse((Object *)given, function, problem);
        return false;
    }
    return true;
}

Fault standin_enter(const char *function)
{
    ThreadState *own = state();
    int i = 0;
    while (i < own->call_count && strcmp(own->calls[i].function, function) != 0)
        i++;
    if (i == own->call_count) {
        if (i == MAX_CALLS)
            abort();
        own->calls[i].function = function;
        own->calls[i].count = 0;
        own->call_count++;
    }
    int nth = ++own->calls[i].count;
    for (i = 0; i < own->fault_count; i++)
        if (strcmp(own->faults[i].function, function) == 0 && (own->faults[i].nth == nth || own->faults[i].nth == 0))
            return (Fault){ true, own->faults[i].value };
    return (Fault){ false, 0 };
}

int64_t standin_setting(const char *name)
{
    ThreadState *own = state();
    for (int i = 0; i < own->setting_count; i++)
        if (strcmp(own->settings[i].name, name) == 0)
            return own->settings[i].value;
    return 0;
}

Object *standin_list(int list) { return state()->lists[list]; }

Object *standin_description(void) { return state()->description; }

Object *standin_new(CFTypeID type)
{
    Object *object = calloc(1, sizeof *object);
    Node *node = malloc(sizeof *node);
    object->type = type;
    object->references = 1;
    object->owner = state();
    node->address = object;
    pthread_mutex_lock(&s_gate);
    node->next = s_known[bucket(object)];
    s_known[bucket(object)] = node;
    pthread_mutex_unlock(&s_gate);
    __atomic_add_fetch(&object->owner->live, 1, __ATOMIC_SEQ_CST);
    return object;
}

Object *standin_new_bytes(CFTypeID type, const void *bytes, size_t size)
{
    Object *object = standin_new(type);
    object->size = size;
    object->payload = malloc(size + 2);
    memcpy(object->payload, bytes, size);
    return object;
}

Object *standin_new_text(const char *utf8)
{
    /* ASCII is all that the stand-in says by itself. */
    size_t length = strlen(utf8);
    uint16_t *units = malloc(2 * length + 2);
    for (size_t i = 0; i < length; i++)
        units[i] = (unsigned char)utf8[i];
    Object *text = standin_new_bytes(TYPE_STRING, units, 2 * length);
    free(units);
    return text;
}

Object *standin_new_array(Object *const *elements, CFIndex count)
{
    Object *array = standin_new_bytes(TYPE_ARRAY, elements, (size_t)count * sizeof *elements);
    array->count = count;
    for (CFIndex i = 0; i < count; i++)
        standin_retain(elements[i]);
    return array;
}

Object *standin_retain(Object *object)
{
    __atomic_add_fetch(&object->references, 1, __ATOMIC_SEQ_CST);
    return object;
}

static void discard(Object *object)
{
    if (object->type == TYPE_ARRAY || object->type == TYPE_DICTIONARY)
        for (CFIndex i = 0; i < object->count; i++)
            standin_release(((Object **)object->payload)[i]);
    for (int i = 0; i < 4; i++)
        if (object->parts[i])
            standin_release(object->parts[i]);

    /* Poisoned, and kept for a while, so that what still points there reads nonsense and not the old value. */
    if (object->payload) {
        memset(object->payload, 0xDD, object->size);
        pthread_mutex_lock(&s_gate);
        unsigned slot = s_quarantined++ % QUARANTINE;
        free(s_quarantine[slot].payload);
        s_quarantine[slot].payload = object->payload;
        pthread_mutex_unlock(&s_gate);
    }
    __atomic_sub_fetch(&object->owner->live, 1, __ATOMIC_SEQ_CST);
}

void standin_release(Object *object)
{
    long left = __atomic_sub_fetch(&object->references, 1, __ATOMIC_SEQ_CST);
    if (left == 0)
        discard(object);
    else if (left < 0)
        standin_misuse(object, "CFRelease", "was called once too often");
}

/* ---- What tests ask for. ---- */

EXPORT void StandIn_Reset(void)
{
    ThreadState *own = state();
    for (int i = 0; i < LIST_COUNT; i++)
        if (own->lists[i])
            standin_release(own->lists[i]);
    if (own->description)
        standin_release(own->description);
    /* A new state: objects that outlived their test go on counting in the old one. */
    t_state = NULL;
}

EXPORT long StandIn_Live(void) { return __atomic_load_n(&state()->live, __ATOMIC_SEQ_CST); }

EXPORT const char *StandIn_Misuse(void) { return state()->misuse; }

EXPORT void StandIn_Fail(const char *function, int nth, int64_t value)
{
    ThreadState *own = state();
    if (own->fault_count == MAX_FAULTS)
        abort();
    own->faults[own->fault_count].function = strdup(function);
    own->faults[own->fault_count].nth = nth;
    own->faults[own->fault_count++].value = value;
}

EXPORT void StandIn_Set(const char *name, int64_t value)
{
    ThreadState *own = state();
    if (own->setting_count == MAX_SETTINGS)
        abort();
    snprintf(own->settings[own->setting_count].name, sizeof own->settings[0].name, "%s", name);
    own->settings[own->setting_count++].value = value;
}

EXPORT int StandIn_Calls(const char *function)
{
    ThreadState *own = state();
    for (int i = 0; i < own->call_count; i++)
        if (strcmp(own->calls[i].function, function) == 0)
            return own->calls[i].count;
    return 0;
}

EXPORT void StandIn_SetDescription(const uint16_t *units, int64_t count)
{
    state()->description = standin_new_bytes(TYPE_STRING, units, 2 * (size_t)count);
}

/* Appends to a list, which takes the reference over. */
EXPORT void StandIn_Append(int list, Object *element)
{
    ThreadState *own = state();
    Object *old = own->lists[list];
    CFIndex count = old ? old->count : 0;
    Object **elements = malloc(((size_t)count + 1) * sizeof *elements);
    if (old)
        memcpy(elements, old->payload, (size_t)count * sizeof *elements);
    elements[count] = element;
    own->lists[list] = standin_new_array(elements, count + 1);
    free(elements);
    standin_release(element);
    if (old)
        standin_release(old);
}

EXPORT Object *StandIn_Number(int64_t value)
{
    Object *number = standin_new(TYPE_NUMBER);
    number->number = (double)value;
    return number;
}

EXPORT Object *StandIn_Text(const char *ascii) { return standin_new_text(ascii); }

/* Keys and values by turns; takes the references over. */
EXPORT Object *StandIn_Dictionary(Object *const *entries, int64_t count)
{
    Object *dictionary = standin_new_bytes(TYPE_DICTIONARY, entries, (size_t)count * sizeof *entries);
    dictionary->count = count;
    return dictionary;
}

EXPORT Object *StandIn_Array(Object *const *elements, int64_t count)
{
    Object *array = standin_new_bytes(TYPE_ARRAY, elements, (size_t)count * sizeof *elements);
    array->count = count;
    return array;
}

/* ---- CoreFoundation. ---- */

typedef struct { CFIndex version; void *retain, *release, *describe, *equal; } CFArrayCallBacks;
EXPORT const CFArrayCallBacks kCFTypeArrayCallBacks;

EXPORT CFTypeRef CFRetain(CFTypeRef cf)
{
    standin_enter("CFRetain");
    return is_live(cf, "CFRetain") ? standin_retain((Object *)cf) : NULL;
}

EXPORT void CFRelease(CFTypeRef cf)
{
    standin_enter("CFRelease");
    if (is_live(cf, "CFRelease"))
        standin_release((Object *)cf);
}

EXPORT CFTypeID CFGetTypeID(CFTypeRef cf)
{
    Fault fault = standin_enter("CFGetTypeID");
    return !is_live(cf, "CFGetTypeID") ? 0 : fault.fails ? (CFTypeID)fault.value : ((Object *)cf)->type;
}

EXPORT CFTypeID CFStringGetTypeID(void) { return TYPE_STRING; }
EXPORT CFTypeID CFDictionaryGetTypeID(void) { return TYPE_DICTIONARY; }
EXPORT CFTypeID CFNumberGetTypeID(void) { return TYPE_NUMBER; }

static void check_allocator(CFTypeRef allocator, const char *function)
{
    if (allocator)
        standin_misuse(NULL, function, "was given an allocator");
}

EXPORT CFTypeRef CFDataCreate(CFTypeRef allocator, const uint8_t *bytes, CFIndex length)
{
    Fault fault = standin_enter("CFDataCreate");
    check_allocator(allocator, "CFDataCreate");
    if (length < 0 || (length > 0 && !bytes)) {
        standin_misuse(NULL, "CFDataCreate", "was given no bytes");
        return NULL;
    }
    return fault.fails ? NULL : standin_new_bytes(TYPE_DATA, bytes, (size_t)length);
}

EXPORT CFIndex CFDataGetLength(CFTypeRef data)
{
    Fault fault = standin_enter("CFDataGetLength");
    return !standin_is(data, TYPE_DATA, "CFDataGetLength") ? 0 : fault.fails ? (CFIndex)fault.value : (CFIndex)((Object *)data)->size;
}

EXPORT const uint8_t *CFDataGetBytePtr(CFTypeRef data)
{
    Fault fault = standin_enter("CFDataGetBytePtr");
    return !standin_is(data, TYPE_DATA, "CFDataGetBytePtr") || fault.fails ? NULL : ((Object *)data)->payload;
}

EXPORT CFTypeRef CFStringCreateWithBytes(CFTypeRef allocator, const uint8_t *bytes, CFIndex count, CFStringEncoding encoding, Boolean external)
{
    Fault fault = standin_enter("CFStringCreateWithBytes");
    check_allocator(allocator, "CFStringCreateWithBytes");
    if (encoding != 0x08000100 || external > 1 || count < 0 || (count > 0 && !bytes)) {
        standin_misuse(NULL, "CFStringCreateWithBytes", "was given other arguments than UTF-8 and its bytes");
        return NULL;
    }
    uint16_t *units = malloc(2 * (size_t)count + 2);
    for (CFIndex i = 0; i < count; i++) {
        if (bytes[i] >= 0x80)
            standin_misuse(NULL, "CFStringCreateWithBytes", "was given a name that is not in A-labels");
        units[i] = bytes[i];
    }
    Object *text = fault.fails ? NULL : standin_new_bytes(TYPE_STRING, units, 2 * (size_t)count);
    free(units);
    return text;
}

EXPORT CFIndex CFStringGetLength(CFTypeRef text)
{
    Fault fault = standin_enter("CFStringGetLength");
    return !standin_is(text, TYPE_STRING, "CFStringGetLength") ? 0 : fault.fails ? (CFIndex)fault.value : (CFIndex)(((Object *)text)->size / 2);
}

/* The characters converted; the bytes they take go to *used whether or not there is a buffer. A lone surrogate becomes the loss byte, or ends the conversion without one. */
EXPORT CFIndex CFStringGetBytes(CFTypeRef text, CFRange range, CFStringEncoding encoding, uint8_t loss, Boolean external, uint8_t *buffer, CFIndex size, CFIndex *used)
{
    Fault fault = standin_enter("CFStringGetBytes");
    if (!standin_is(text, TYPE_STRING, "CFStringGetBytes"))
        return 0;
    const uint16_t *units = ((Object *)text)->payload;
    CFIndex length = (CFIndex)(((Object *)text)->size / 2);
    if (encoding != 0x08000100 || external > 1 || range.location < 0 || range.length < 0 || range.location + range.length > length || (buffer && size < 0)) {
        standin_misuse((Object *)text, "CFStringGetBytes", "was given a wrong range, encoding or buffer");
        return 0;
    }
    if (fault.fails) {
        *used = 0;
        return (CFIndex)fault.value;
    }
    CFIndex written = 0, i = range.location, end = range.location + range.length;
    while (i < end) {
        uint32_t c = units[i];
        CFIndex taken = 1;
        if (c >= 0xD800 && c < 0xDC00 && i + 1 < end && units[i + 1] >= 0xDC00 && units[i + 1] < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (units[i + 1] - 0xDC00u);
            taken = 2;
        } else if (c >= 0xD800 && c < 0xE000) {
            if (!loss)
                break;
            c = loss;
        }
        uint8_t bytes[4];
        int n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        bytes[0] = (uint8_t)(n == 1 ? c : n == 2 ? 0xC0 | c >> 6 : n == 3 ? 0xE0 | c >> 12 : 0xF0 | c >> 18);
        for (int k = 1; k < n; k++)
            bytes[k] = (uint8_t)(0x80 | (c >> 6 * (n - 1 - k) & 0x3F));
        if (buffer) {
            if (written + n > size)
                break;
            memcpy(buffer + written, bytes, (size_t)n);
        }
        written += n;
        i += taken;
    }
    if (used)
        *used = written;
    return i - range.location;
}

EXPORT CFTypeRef CFArrayCreate(CFTypeRef allocator, const void *const *values, CFIndex count, const CFArrayCallBacks *callbacks)
{
    Fault fault = standin_enter("CFArrayCreate");
    check_allocator(allocator, "CFArrayCreate");
    if (callbacks != &kCFTypeArrayCallBacks) {
        standin_misuse(NULL, "CFArrayCreate", "was not given kCFTypeArrayCallBacks, so that the array would not retain its elements");
        return NULL;
    }
    for (CFIndex i = 0; i < count; i++)
        if (!is_live(values[i], "CFArrayCreate"))
            return NULL;
    return fault.fails ? NULL : standin_new_array((Object *const *)values, count);
}

EXPORT CFIndex CFArrayGetCount(CFTypeRef array)
{
    Fault fault = standin_enter("CFArrayGetCount");
    return !standin_is(array, TYPE_ARRAY, "CFArrayGetCount") ? 0 : fault.fails ? (CFIndex)fault.value : ((Object *)array)->count;
}

EXPORT const void *CFArrayGetValueAtIndex(CFTypeRef array, CFIndex index)
{
    Fault fault = standin_enter("CFArrayGetValueAtIndex");
    if (!standin_is(array, TYPE_ARRAY, "CFArrayGetValueAtIndex"))
        return NULL;
    if (index < 0 || index >= ((Object *)array)->count) {
        standin_misuse((Object *)array, "CFArrayGetValueAtIndex", "was given an index outside the array");
        return NULL;
    }
    return fault.fails ? NULL : ((Object **)((Object *)array)->payload)[index];
}

static bool equal(const Object *one, const Object *other)
{
    return one->type == other->type && one->size == other->size && memcmp(one->payload, other->payload, one->size) == 0;
}

EXPORT Boolean CFDictionaryGetValueIfPresent(CFTypeRef dictionary, CFTypeRef key, const void **value)
{
    Fault fault = standin_enter("CFDictionaryGetValueIfPresent");
    if (!standin_is(dictionary, TYPE_DICTIONARY, "CFDictionaryGetValueIfPresent") || !standin_is(key, TYPE_STRING, "CFDictionaryGetValueIfPresent") || fault.fails)
        return 0;
    const Object *from = dictionary;
    for (CFIndex i = 0; i + 1 < from->count; i += 2)
        if (equal(((Object **)from->payload)[i], key)) {
            *value = ((Object **)from->payload)[i + 1];
            return 1;
        }
    return 0;
}

EXPORT Boolean CFNumberGetValue(CFTypeRef number, CFIndex type, void *value)
{
    Fault fault = standin_enter("CFNumberGetValue");
    if (!standin_is(number, TYPE_NUMBER, "CFNumberGetValue") || fault.fails)
        return 0;
    if (type != 3) {
        standin_misuse((Object *)number, "CFNumberGetValue", "was asked for another type than kCFNumberSInt32Type");
        return 0;
    }
    /* A value out of range is approximated, and the answer is no. */
    double held = ((Object *)number)->number;
    bool fits = held >= INT32_MIN && held <= INT32_MAX;
    *(int32_t *)value = fits ? (int32_t)held : INT32_MAX;
    return fits;
}

EXPORT CFTypeRef CFDateCreate(CFTypeRef allocator, CFAbsoluteTime at)
{
    Fault fault = standin_enter("CFDateCreate");
    check_allocator(allocator, "CFDateCreate");
    if (fault.fails)
        return NULL;
    Object *date = standin_new(TYPE_DATE);
    date->number = at;
    return date;
}

EXPORT CFTypeRef CFErrorGetDomain(CFTypeRef error)
{
    Fault fault = standin_enter("CFErrorGetDomain");
    return !standin_is(error, TYPE_ERROR, "CFErrorGetDomain") || fault.fails ? NULL : ((Object *)error)->parts[0];
}

EXPORT CFIndex CFErrorGetCode(CFTypeRef error)
{
    Fault fault = standin_enter("CFErrorGetCode");
    return !standin_is(error, TYPE_ERROR, "CFErrorGetCode") ? 0 : fault.fails ? (CFIndex)fault.value : (CFIndex)((Object *)error)->number;
}

EXPORT CFTypeRef CFErrorCopyDescription(CFTypeRef error)
{
    Fault fault = standin_enter("CFErrorCopyDescription");
    if (!standin_is(error, TYPE_ERROR, "CFErrorCopyDescription") || fault.fails || !((Object *)error)->parts[1])
        return NULL;
    return standin_retain(((Object *)error)->parts[1]);
}
