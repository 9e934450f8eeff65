/*! OptFM chat, MIT. Lit (BSD-3-Clause) and socket.io-client (MIT) inside. */
"use strict";(()=>{var ni=Object.defineProperty;var ii=(s,e)=>{for(var t in e)ni(s,t,{get:e[t],enumerable:!0})};var Me=globalThis,Ne=Me.ShadowRoot&&(Me.ShadyCSS===void 0||Me.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,_t=Symbol(),Gt=new WeakMap,pe=class{constructor(e,t,n){if(this._$cssResult$=!0,n!==_t)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(Ne&&e===void 0){let n=t!==void 0&&t.length===1;n&&(e=Gt.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),n&&Gt.set(t,e))}return e}toString(){return this.cssText}},Be=s=>new pe(typeof s=="string"?s:s+"",void 0,_t),_=(s,...e)=>{let t=s.length===1?s[0]:e.reduce((n,i,r)=>n+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(i)+s[r+1],s[0]);return new pe(t,s,_t)},Xt=(s,e)=>{if(Ne)s.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(let t of e){let n=document.createElement("style"),i=Me.litNonce;i!==void 0&&n.setAttribute("nonce",i),n.textContent=t.cssText,s.appendChild(n)}},$t=Ne?s=>s:s=>s instanceof CSSStyleSheet?(e=>{let t="";for(let n of e.cssRules)t+=n.cssText;return Be(t)})(s):s;var{is:ri,defineProperty:oi,getOwnPropertyDescriptor:ai,getOwnPropertyNames:ci,getOwnPropertySymbols:li,getPrototypeOf:pi}=Object,Ue=globalThis,Qt=Ue.trustedTypes,hi=Qt?Qt.emptyScript:"",di=Ue.reactiveElementPolyfillSupport,he=(s,e)=>s,kt={toAttribute(s,e){switch(e){case Boolean:s=s?hi:null;break;case Object:case Array:s=s==null?s:JSON.stringify(s)}return s},fromAttribute(s,e){let t=s;switch(e){case Boolean:t=s!==null;break;case Number:t=s===null?null:Number(s);break;case Object:case Array:try{t=JSON.parse(s)}catch{t=null}}return t}},es=(s,e)=>!ri(s,e),Zt={attribute:!0,type:String,converter:kt,reflect:!1,useDefault:!1,hasChanged:es};Symbol.metadata??=Symbol("metadata"),Ue.litPropertyMetadata??=new WeakMap;var R=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=Zt){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),i=this.getPropertyDescriptor(e,n,t);i!==void 0&&oi(this.prototype,e,i)}}static getPropertyDescriptor(e,t,n){let{get:i,set:r}=ai(this.prototype,e)??{get(){return this[t]},set(o){this[t]=o}};return{get:i,set(o){let a=i?.call(this);r?.call(this,o),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??Zt}static _$Ei(){if(this.hasOwnProperty(he("elementProperties")))return;let e=pi(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(he("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(he("properties"))){let t=this.properties,n=[...ci(t),...li(t)];for(let i of n)this.createProperty(i,t[i])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[n,i]of t)this.elementProperties.set(n,i)}this._$Eh=new Map;for(let[t,n]of this.elementProperties){let i=this._$Eu(t,n);i!==void 0&&this._$Eh.set(i,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let i of n)t.unshift($t(i))}else e!==void 0&&t.push($t(e));return t}static _$Eu(e,t){let n=t.attribute;return n===!1?void 0:typeof n=="string"?n:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Xt(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),i=this.constructor._$Eu(e,n);if(i!==void 0&&n.reflect===!0){let r=(n.converter?.toAttribute!==void 0?n.converter:kt).toAttribute(t,n.type);this._$Em=e,r==null?this.removeAttribute(i):this.setAttribute(i,r),this._$Em=null}}_$AK(e,t){let n=this.constructor,i=n._$Eh.get(e);if(i!==void 0&&this._$Em!==i){let r=n.getPropertyOptions(i),o=typeof r.converter=="function"?{fromAttribute:r.converter}:r.converter?.fromAttribute!==void 0?r.converter:kt;this._$Em=i;let a=o.fromAttribute(t,r.type);this[i]=a??this._$Ej?.get(i)??a,this._$Em=null}}requestUpdate(e,t,n,i=!1,r){if(e!==void 0){let o=this.constructor;if(i===!1&&(r=this[e]),n??=o.getPropertyOptions(e),!((n.hasChanged??es)(r,t)||n.useDefault&&n.reflect&&r===this._$Ej?.get(e)&&!this.hasAttribute(o._$Eu(e,n))))return;this.C(e,t,n)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:i,wrapped:r},o){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,o??t??this[e]),r!==!0||o!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),i===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[i,r]of this._$Ep)this[i]=r;this._$Ep=void 0}let n=this.constructor.elementProperties;if(n.size>0)for(let[i,r]of n){let{wrapped:o}=r,a=this[i];o!==!0||this._$AL.has(i)||a===void 0||this.C(i,void 0,r,a)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(n=>n.hostUpdate?.()),this.update(t)):this._$EM()}catch(n){throw e=!1,this._$EM(),n}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};R.elementStyles=[],R.shadowRootOptions={mode:"open"},R[he("elementProperties")]=new Map,R[he("finalized")]=new Map,di?.({ReactiveElement:R}),(Ue.reactiveElementVersions??=[]).push("2.1.2");var Tt=globalThis,ts=s=>s,De=Tt.trustedTypes,ss=De?De.createPolicy("lit-html",{createHTML:s=>s}):void 0,At="$lit$",C=`lit$${Math.random().toFixed(9).slice(2)}$`,St="?"+C,ui=`<${St}>`,V=document,ue=()=>V.createComment(""),fe=s=>s===null||typeof s!="object"&&typeof s!="function",Ot=Array.isArray,cs=s=>Ot(s)||typeof s?.[Symbol.iterator]=="function",Et=`[ 	
\f\r]`,de=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,ns=/-->/g,is=/>/g,F=RegExp(`>|${Et}(?:([^\\s"'>=/]+)(${Et}*=${Et}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),rs=/'/g,os=/"/g,ls=/^(?:script|style|textarea|title)$/i,Rt=s=>(e,...t)=>({_$litType$:s,strings:e,values:t}),l=Rt(1),$=Rt(2),Vr=Rt(3),E=Symbol.for("lit-noChange"),h=Symbol.for("lit-nothing"),as=new WeakMap,z=V.createTreeWalker(V,129);function ps(s,e){if(!Ot(s)||!s.hasOwnProperty("raw"))throw Error("invalid template strings array");return ss!==void 0?ss.createHTML(e):e}var hs=(s,e)=>{let t=s.length-1,n=[],i,r=e===2?"<svg>":e===3?"<math>":"",o=de;for(let a=0;a<t;a++){let c=s[a],d,u,p=-1,m=0;for(;m<c.length&&(o.lastIndex=m,u=o.exec(c),u!==null);)m=o.lastIndex,o===de?u[1]==="!--"?o=ns:u[1]!==void 0?o=is:u[2]!==void 0?(ls.test(u[2])&&(i=RegExp("</"+u[2],"g")),o=F):u[3]!==void 0&&(o=F):o===F?u[0]===">"?(o=i??de,p=-1):u[1]===void 0?p=-2:(p=o.lastIndex-u[2].length,d=u[1],o=u[3]===void 0?F:u[3]==='"'?os:rs):o===os||o===rs?o=F:o===ns||o===is?o=de:(o=F,i=void 0);let g=o===F&&s[a+1].startsWith("/>")?" ":"";r+=o===de?c+ui:p>=0?(n.push(d),c.slice(0,p)+At+c.slice(p)+C+g):c+C+(p===-2?a:g)}return[ps(s,r+(s[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),n]},me=class s{constructor({strings:e,_$litType$:t},n){let i;this.parts=[];let r=0,o=0,a=e.length-1,c=this.parts,[d,u]=hs(e,t);if(this.el=s.createElement(d,n),z.currentNode=this.el.content,t===2||t===3){let p=this.el.content.firstChild;p.replaceWith(...p.childNodes)}for(;(i=z.nextNode())!==null&&c.length<a;){if(i.nodeType===1){if(i.hasAttributes())for(let p of i.getAttributeNames())if(p.endsWith(At)){let m=u[o++],g=i.getAttribute(p).split(C),x=/([.?@])?(.*)/.exec(m);c.push({type:1,index:r,name:x[2],strings:g,ctor:x[1]==="."?Ie:x[1]==="?"?He:x[1]==="@"?We:K}),i.removeAttribute(p)}else p.startsWith(C)&&(c.push({type:6,index:r}),i.removeAttribute(p));if(ls.test(i.tagName)){let p=i.textContent.split(C),m=p.length-1;if(m>0){i.textContent=De?De.emptyScript:"";for(let g=0;g<m;g++)i.append(p[g],ue()),z.nextNode(),c.push({type:2,index:++r});i.append(p[m],ue())}}}else if(i.nodeType===8)if(i.data===St)c.push({type:2,index:r});else{let p=-1;for(;(p=i.data.indexOf(C,p+1))!==-1;)c.push({type:7,index:r}),p+=C.length-1}r++}}static createElement(e,t){let n=V.createElement("template");return n.innerHTML=e,n}};function j(s,e,t=s,n){if(e===E)return e;let i=n!==void 0?t._$Co?.[n]:t._$Cl,r=fe(e)?void 0:e._$litDirective$;return i?.constructor!==r&&(i?._$AO?.(!1),r===void 0?i=void 0:(i=new r(s),i._$AT(s,t,n)),n!==void 0?(t._$Co??=[])[n]=i:t._$Cl=i),i!==void 0&&(e=j(s,i._$AS(s,e.values),i,n)),e}var qe=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,i=(e?.creationScope??V).importNode(t,!0);z.currentNode=i;let r=z.nextNode(),o=0,a=0,c=n[0];for(;c!==void 0;){if(o===c.index){let d;c.type===2?d=new te(r,r.nextSibling,this,e):c.type===1?d=new c.ctor(r,c.name,c.strings,this,e):c.type===6&&(d=new Fe(r,this,e)),this._$AV.push(d),c=n[++a]}o!==c?.index&&(r=z.nextNode(),o++)}return z.currentNode=V,i}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings!==void 0?(n._$AI(e,n,t),t+=n.strings.length-2):n._$AI(e[t])),t++}},te=class s{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,i){this.type=2,this._$AH=h,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=i,this._$Cv=i?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=j(this,e,t),fe(e)?e===h||e==null||e===""?(this._$AH!==h&&this._$AR(),this._$AH=h):e!==this._$AH&&e!==E&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):cs(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==h&&fe(this._$AH)?this._$AA.nextSibling.data=e:this.T(V.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,i=typeof n=="number"?this._$AC(e):(n.el===void 0&&(n.el=me.createElement(ps(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===i)this._$AH.p(t);else{let r=new qe(i,this),o=r.u(this.options);r.p(t),this.T(o),this._$AH=r}}_$AC(e){let t=as.get(e.strings);return t===void 0&&as.set(e.strings,t=new me(e)),t}k(e){Ot(this._$AH)||(this._$AH=[],this._$AR());let t=this._$AH,n,i=0;for(let r of e)i===t.length?t.push(n=new s(this.O(ue()),this.O(ue()),this,this.options)):n=t[i],n._$AI(r),i++;i<t.length&&(this._$AR(n&&n._$AB.nextSibling,i),t.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let n=ts(e).nextSibling;ts(e).remove(),e=n}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},K=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,i,r){this.type=1,this._$AH=h,this._$AN=void 0,this.element=e,this.name=t,this._$AM=i,this.options=r,n.length>2||n[0]!==""||n[1]!==""?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=h}_$AI(e,t=this,n,i){let r=this.strings,o=!1;if(r===void 0)e=j(this,e,t,0),o=!fe(e)||e!==this._$AH&&e!==E,o&&(this._$AH=e);else{let a=e,c,d;for(e=r[0],c=0;c<r.length-1;c++)d=j(this,a[n+c],t,c),d===E&&(d=this._$AH[c]),o||=!fe(d)||d!==this._$AH[c],d===h?e=h:e!==h&&(e+=(d??"")+r[c+1]),this._$AH[c]=d}o&&!i&&this.j(e)}j(e){e===h?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}},Ie=class extends K{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===h?void 0:e}},He=class extends K{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==h)}},We=class extends K{constructor(e,t,n,i,r){super(e,t,n,i,r),this.type=5}_$AI(e,t=this){if((e=j(this,e,t,0)??h)===E)return;let n=this._$AH,i=e===h&&n!==h||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,r=e!==h&&(n===h||i);i&&this.element.removeEventListener(this.name,this,n),r&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Fe=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){j(this,e)}},ds={M:At,P:C,A:St,C:1,L:hs,R:qe,D:cs,V:j,I:te,H:K,N:He,U:We,B:Ie,F:Fe},fi=Tt.litHtmlPolyfillSupport;fi?.(me,te),(Tt.litHtmlVersions??=[]).push("3.3.3");var us=(s,e,t)=>{let n=t?.renderBefore??e,i=n._$litPart$;if(i===void 0){let r=t?.renderBefore??null;n._$litPart$=i=new te(e.insertBefore(ue(),r),r,void 0,t??{})}return i._$AI(s),i};var Ct=globalThis,B=class extends R{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=us(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return E}};B._$litElement$=!0,B.finalized=!0,Ct.litElementHydrateSupport?.({LitElement:B});var mi=Ct.litElementPolyfillSupport;mi?.({LitElement:B});(Ct.litElementVersions??=[]).push("4.2.2");var O=Object.create(null);O.open="0";O.close="1";O.ping="2";O.pong="3";O.message="4";O.upgrade="5";O.noop="6";var ge=Object.create(null);Object.keys(O).forEach(s=>{ge[O[s]]=s});var ye={type:"error",data:"parser error"};var gs=typeof Blob=="function"||typeof Blob<"u"&&Object.prototype.toString.call(Blob)==="[object BlobConstructor]",ys=typeof ArrayBuffer=="function",bs=s=>typeof ArrayBuffer.isView=="function"?ArrayBuffer.isView(s):s&&s.buffer instanceof ArrayBuffer,be=({type:s,data:e},t,n)=>gs&&e instanceof Blob?t?n(e):fs(e,n):ys&&(e instanceof ArrayBuffer||bs(e))?t?n(e):fs(new Blob([e]),n):n(O[s]+(e||"")),fs=(s,e)=>{let t=new FileReader;return t.onload=function(){let n=t.result.split(",")[1];e("b"+(n||""))},t.readAsDataURL(s)};function ms(s){return s instanceof Uint8Array?s:s instanceof ArrayBuffer?new Uint8Array(s):new Uint8Array(s.buffer,s.byteOffset,s.byteLength)}var Pt;function vs(s,e){if(gs&&s.data instanceof Blob)return s.data.arrayBuffer().then(ms).then(e);if(ys&&(s.data instanceof ArrayBuffer||bs(s.data)))return e(ms(s.data));be(s,!1,t=>{Pt||(Pt=new TextEncoder),e(Pt.encode(t))})}var xs="ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",ve=typeof Uint8Array>"u"?[]:new Uint8Array(256);for(let s=0;s<xs.length;s++)ve[xs.charCodeAt(s)]=s;var ws=s=>{let e=s.length*.75,t=s.length,n,i=0,r,o,a,c;s[s.length-1]==="="&&(e--,s[s.length-2]==="="&&e--);let d=new ArrayBuffer(e),u=new Uint8Array(d);for(n=0;n<t;n+=4)r=ve[s.charCodeAt(n)],o=ve[s.charCodeAt(n+1)],a=ve[s.charCodeAt(n+2)],c=ve[s.charCodeAt(n+3)],u[i++]=r<<2|o>>4,u[i++]=(o&15)<<4|a>>2,u[i++]=(a&3)<<6|c&63;return d};var gi=typeof ArrayBuffer=="function",xe=(s,e)=>{if(typeof s!="string")return{type:"message",data:_s(s,e)};let t=s.charAt(0);return t==="b"?{type:"message",data:yi(s.substring(1),e)}:ge[t]?s.length>1?{type:ge[t],data:s.substring(1)}:{type:ge[t]}:ye},yi=(s,e)=>{if(gi){let t=ws(s);return _s(t,e)}else return{base64:!0,data:s}},_s=(s,e)=>e==="blob"?s instanceof Blob?s:new Blob([s]):s instanceof ArrayBuffer?s:s.buffer;var $s="",ks=(s,e)=>{let t=s.length,n=new Array(t),i=0;s.forEach((r,o)=>{be(r,!1,a=>{n[o]=a,++i===t&&e(n.join($s))})})},Es=(s,e)=>{let t=s.split($s),n=[];for(let i=0;i<t.length;i++){let r=xe(t[i],e);if(n.push(r),r.type==="error")break}return n};function Ts(){return new TransformStream({transform(s,e){vs(s,t=>{let n=t.length,i;if(n<126)i=new Uint8Array(1),new DataView(i.buffer).setUint8(0,n);else if(n<65536){i=new Uint8Array(3);let r=new DataView(i.buffer);r.setUint8(0,126),r.setUint16(1,n)}else{i=new Uint8Array(9);let r=new DataView(i.buffer);r.setUint8(0,127),r.setBigUint64(1,BigInt(n))}s.data&&typeof s.data!="string"&&(i[0]|=128),e.enqueue(i),e.enqueue(t)})}})}var Lt;function ze(s){return s.reduce((e,t)=>e+t.length,0)}function Ve(s,e){if(s[0].length===e)return s.shift();let t=new Uint8Array(e),n=0;for(let i=0;i<e;i++)t[i]=s[0][n++],n===s[0].length&&(s.shift(),n=0);return s.length&&n<s[0].length&&(s[0]=s[0].slice(n)),t}function As(s,e){Lt||(Lt=new TextDecoder);let t=[],n=0,i=-1,r=!1;return new TransformStream({transform(o,a){for(t.push(o);;){if(n===0){if(ze(t)<1)break;let c=Ve(t,1);r=(c[0]&128)===128,i=c[0]&127,i<126?n=3:i===126?n=1:n=2}else if(n===1){if(ze(t)<2)break;let c=Ve(t,2);i=new DataView(c.buffer,c.byteOffset,c.length).getUint16(0),n=3}else if(n===2){if(ze(t)<8)break;let c=Ve(t,8),d=new DataView(c.buffer,c.byteOffset,c.length),u=d.getUint32(0);if(u>Math.pow(2,21)-1){a.enqueue(ye);break}i=u*Math.pow(2,32)+d.getUint32(4),n=3}else{if(ze(t)<i)break;let c=Ve(t,i);a.enqueue(xe(r?c:Lt.decode(c),e)),n=0}if(i===0||i>s){a.enqueue(ye);break}}}})}var Mt=4;function b(s){if(s)return bi(s)}function bi(s){for(var e in b.prototype)s[e]=b.prototype[e];return s}b.prototype.on=b.prototype.addEventListener=function(s,e){return this._callbacks=this._callbacks||{},(this._callbacks["$"+s]=this._callbacks["$"+s]||[]).push(e),this};b.prototype.once=function(s,e){function t(){this.off(s,t),e.apply(this,arguments)}return t.fn=e,this.on(s,t),this};b.prototype.off=b.prototype.removeListener=b.prototype.removeAllListeners=b.prototype.removeEventListener=function(s,e){if(this._callbacks=this._callbacks||{},arguments.length==0)return this._callbacks={},this;var t=this._callbacks["$"+s];if(!t)return this;if(arguments.length==1)return delete this._callbacks["$"+s],this;for(var n,i=0;i<t.length;i++)if(n=t[i],n===e||n.fn===e){t.splice(i,1);break}return t.length===0&&delete this._callbacks["$"+s],this};b.prototype.emit=function(s){this._callbacks=this._callbacks||{};for(var e=new Array(arguments.length-1),t=this._callbacks["$"+s],n=1;n<arguments.length;n++)e[n-1]=arguments[n];if(t){t=t.slice(0);for(var n=0,i=t.length;n<i;++n)t[n].apply(this,e)}return this};b.prototype.emitReserved=b.prototype.emit;b.prototype.listeners=function(s){return this._callbacks=this._callbacks||{},this._callbacks["$"+s]||[]};b.prototype.hasListeners=function(s){return!!this.listeners(s).length};var P=typeof Promise=="function"&&typeof Promise.resolve=="function"?e=>Promise.resolve().then(e):(e,t)=>t(e,0),k=typeof self<"u"?self:typeof window<"u"?window:Function("return this")(),Ss="arraybuffer";function je(s,...e){return e.reduce((t,n)=>(s.hasOwnProperty(n)&&(t[n]=s[n]),t),{})}var vi=k.setTimeout,xi=k.clearTimeout;function L(s,e){e.useNativeTimers?(s.setTimeoutFn=vi.bind(k),s.clearTimeoutFn=xi.bind(k)):(s.setTimeoutFn=k.setTimeout.bind(k),s.clearTimeoutFn=k.clearTimeout.bind(k))}var wi=1.33;function Os(s){return typeof s=="string"?_i(s):Math.ceil((s.byteLength||s.size)*wi)}function _i(s){let e=0,t=0;for(let n=0,i=s.length;n<i;n++)e=s.charCodeAt(n),e<128?t+=1:e<2048?t+=2:e<55296||e>=57344?t+=3:(n++,t+=4);return t}function Ke(){return Date.now().toString(36).substring(3)+Math.random().toString(36).substring(2,5)}function Rs(s){let e="";for(let t in s)s.hasOwnProperty(t)&&(e.length&&(e+="&"),e+=encodeURIComponent(t)+"="+encodeURIComponent(s[t]));return e}function Cs(s){let e={},t=s.split("&");for(let n=0,i=t.length;n<i;n++){let r=t[n].split("=");e[decodeURIComponent(r[0])]=decodeURIComponent(r.slice(1).join("="))}return e}var Ye=class extends Error{constructor(e,t,n){super(e),this.description=t,this.context=n,this.type="TransportError"}},M=class extends b{constructor(e){super(),this.writable=!1,L(this,e),this.opts=e,this.query=e.query,this.socket=e.socket,this.supportsBinary=!e.forceBase64}onError(e,t,n){return super.emitReserved("error",new Ye(e,t,n)),this}open(){return this.readyState="opening",this.doOpen(),this}close(){return(this.readyState==="opening"||this.readyState==="open")&&(this.doClose(),this.onClose()),this}send(e){this.readyState==="open"&&this.write(e)}onOpen(){this.readyState="open",this.writable=!0,super.emitReserved("open")}onData(e){let t=xe(e,this.socket.binaryType);this.onPacket(t)}onPacket(e){super.emitReserved("packet",e)}onClose(e){this.readyState="closed",super.emitReserved("close",e)}pause(e){}createUri(e,t={}){return e+"://"+this._hostname()+this._port()+this.opts.path+this._query(t)}_hostname(){let e=this.opts.hostname;return e.indexOf(":")===-1?e:"["+e+"]"}_port(){return this.opts.port&&(this.opts.secure&&Number(this.opts.port)!==443||!this.opts.secure&&Number(this.opts.port)!==80)?":"+this.opts.port:""}_query(e){let t=Rs(e);return t.length?"?"+t:""}};var we=class extends M{constructor(){super(...arguments),this._polling=!1}get name(){return"polling"}doOpen(){this._poll()}pause(e){this.readyState="pausing";let t=()=>{this.readyState="paused",e()};if(this._polling||!this.writable){let n=0;this._polling&&(n++,this.once("pollComplete",function(){--n||t()})),this.writable||(n++,this.once("drain",function(){--n||t()}))}else t()}_poll(){this._polling=!0,this.doPoll(),this.emitReserved("poll")}onData(e){let t=n=>{if(this.readyState==="opening"&&n.type==="open"&&this.onOpen(),n.type==="close")return this.onClose({description:"transport closed by the server"}),!1;this.onPacket(n)};Es(e,this.socket.binaryType).forEach(t),this.readyState!=="closed"&&(this._polling=!1,this.emitReserved("pollComplete"),this.readyState==="open"&&this._poll())}doClose(){let e=()=>{this.write([{type:"close"}])};this.readyState==="open"?e():this.once("open",e)}write(e){this.writable=!1,ks(e,t=>{this.doWrite(t,()=>{this.writable=!0,this.emitReserved("drain")})})}uri(){let e=this.opts.secure?"https":"http",t=this.query||{};return this.opts.timestampRequests!==!1&&(t[this.opts.timestampParam]=Ke()),!this.supportsBinary&&!t.sid&&(t.b64=1),this.createUri(e,t)}};var Ps=!1;try{Ps=typeof XMLHttpRequest<"u"&&"withCredentials"in new XMLHttpRequest}catch{}var Ls=Ps;function $i(){}var Nt=class extends we{constructor(e){if(super(e),typeof location<"u"){let t=location.protocol==="https:",n=location.port;n||(n=t?"443":"80"),this.xd=typeof location<"u"&&e.hostname!==location.hostname||n!==e.port}}doWrite(e,t){let n=this.request({method:"POST",data:e});n.on("success",t),n.on("error",(i,r)=>{this.onError("xhr post error",i,r)})}doPoll(){let e=this.request();e.on("data",this.onData.bind(this)),e.on("error",(t,n)=>{this.onError("xhr poll error",t,n)}),this.pollXhr=e}},U=class s extends b{constructor(e,t,n){super(),this.createRequest=e,L(this,n),this._opts=n,this._method=n.method||"GET",this._uri=t,this._data=n.data!==void 0?n.data:null,this._create()}_create(){var e;let t=je(this._opts,"agent","pfx","key","passphrase","cert","ca","ciphers","rejectUnauthorized","autoUnref");t.xdomain=!!this._opts.xd;let n=this._xhr=this.createRequest(t);try{n.open(this._method,this._uri,!0);try{if(this._opts.extraHeaders){n.setDisableHeaderCheck&&n.setDisableHeaderCheck(!0);for(let i in this._opts.extraHeaders)this._opts.extraHeaders.hasOwnProperty(i)&&n.setRequestHeader(i,this._opts.extraHeaders[i])}}catch{}if(this._method==="POST")try{n.setRequestHeader("Content-type","text/plain;charset=UTF-8")}catch{}try{n.setRequestHeader("Accept","*/*")}catch{}(e=this._opts.cookieJar)===null||e===void 0||e.addCookies(n),"withCredentials"in n&&(n.withCredentials=this._opts.withCredentials),this._opts.requestTimeout&&(n.timeout=this._opts.requestTimeout),n.onreadystatechange=()=>{var i;n.readyState===3&&((i=this._opts.cookieJar)===null||i===void 0||i.parseCookies(n.getResponseHeader("set-cookie"))),n.readyState===4&&(n.status===200||n.status===1223?this._onLoad():this.setTimeoutFn(()=>{this._onError(typeof n.status=="number"?n.status:0)},0))},n.send(this._data)}catch(i){this.setTimeoutFn(()=>{this._onError(i)},0);return}typeof document<"u"&&(this._index=s.requestsCount++,s.requests[this._index]=this)}_onError(e){this.emitReserved("error",e,this._xhr),this._cleanup(!0)}_cleanup(e){if(!(typeof this._xhr>"u"||this._xhr===null)){if(this._xhr.onreadystatechange=$i,e)try{this._xhr.abort()}catch{}typeof document<"u"&&delete s.requests[this._index],this._xhr=null}}_onLoad(){let e=this._xhr.responseText;e!==null&&(this.emitReserved("data",e),this.emitReserved("success"),this._cleanup())}abort(){this._cleanup()}};U.requestsCount=0;U.requests={};if(typeof document<"u"){if(typeof attachEvent=="function")attachEvent("onunload",Ms);else if(typeof addEventListener=="function"){let s="onpagehide"in k?"pagehide":"unload";addEventListener(s,Ms,!1)}}function Ms(){for(let s in U.requests)U.requests.hasOwnProperty(s)&&U.requests[s].abort()}var ki=(function(){let s=Ns({xdomain:!1});return s&&s.responseType!==null})(),D=class extends Nt{constructor(e){super(e);let t=e&&e.forceBase64;this.supportsBinary=ki&&!t}request(e={}){return Object.assign(e,{xd:this.xd},this.opts),new U(Ns,this.uri(),e)}};function Ns(s){let e=s.xdomain;try{if(typeof XMLHttpRequest<"u"&&(!e||Ls))return new XMLHttpRequest}catch{}if(!e)try{return new k[["Active"].concat("Object").join("X")]("Microsoft.XMLHTTP")}catch{}}var Bs=typeof navigator<"u"&&typeof navigator.product=="string"&&navigator.product.toLowerCase()==="reactnative",Ut=class extends M{get name(){return"websocket"}doOpen(){let e=this.uri(),t=this.opts.protocols,n=Bs?{}:je(this.opts,"agent","perMessageDeflate","pfx","key","passphrase","cert","ca","ciphers","rejectUnauthorized","localAddress","protocolVersion","origin","maxPayload","family","checkServerIdentity");this.opts.extraHeaders&&(n.headers=this.opts.extraHeaders);try{this.ws=this.createSocket(e,t,n)}catch(i){return this.emitReserved("error",i)}this.ws.binaryType=this.socket.binaryType,this.addEventListeners()}addEventListeners(){this.ws.onopen=()=>{this.opts.autoUnref&&this.ws._socket.unref(),this.onOpen()},this.ws.onclose=e=>this.onClose({description:"websocket connection closed",context:e}),this.ws.onmessage=e=>this.onData(e.data),this.ws.onerror=e=>this.onError("websocket error",e)}write(e){this.writable=!1;for(let t=0;t<e.length;t++){let n=e[t],i=t===e.length-1;be(n,this.supportsBinary,r=>{try{this.doWrite(n,r)}catch{}i&&P(()=>{this.writable=!0,this.emitReserved("drain")},this.setTimeoutFn)})}}doClose(){typeof this.ws<"u"&&(this.ws.onerror=()=>{},this.ws.close(),this.ws=null)}uri(){let e=this.opts.secure?"wss":"ws",t=this.query||{};return this.opts.timestampRequests&&(t[this.opts.timestampParam]=Ke()),this.supportsBinary||(t.b64=1),this.createUri(e,t)}},Bt=k.WebSocket||k.MozWebSocket,q=class extends Ut{createSocket(e,t,n){return Bs?new Bt(e,t,n):t?new Bt(e,t):new Bt(e)}doWrite(e,t){this.ws.send(t)}};var se=class extends M{get name(){return"webtransport"}doOpen(){try{this._transport=new WebTransport(this.createUri("https"),this.opts.transportOptions[this.name])}catch(e){return this.emitReserved("error",e)}this._transport.closed.then(()=>{this.onClose()}).catch(e=>{this.onError("webtransport error",e)}),this._transport.ready.then(()=>{this._transport.createBidirectionalStream().then(e=>{let t=As(Number.MAX_SAFE_INTEGER,this.socket.binaryType),n=e.readable.pipeThrough(t).getReader(),i=Ts();i.readable.pipeTo(e.writable),this._writer=i.writable.getWriter();let r=()=>{n.read().then(({done:a,value:c})=>{a||(this.onPacket(c),r())}).catch(a=>{})};r();let o={type:"open"};this.query.sid&&(o.data=`{"sid":"${this.query.sid}"}`),this._writer.write(o).then(()=>this.onOpen())})})}write(e){this.writable=!1;for(let t=0;t<e.length;t++){let n=e[t],i=t===e.length-1;this._writer.write(n).then(()=>{i&&P(()=>{this.writable=!0,this.emitReserved("drain")},this.setTimeoutFn)})}}doClose(){var e;(e=this._transport)===null||e===void 0||e.close()}};var Dt={websocket:q,webtransport:se,polling:D};var Ei=/^(?:(?![^:@\/?#]+:[^:@\/]*@)(http|https|ws|wss):\/\/)?((?:(([^:@\/?#]*)(?::([^:@\/?#]*))?)?@)?((?:[a-f0-9]{0,4}:){2,7}[a-f0-9]{0,4}|[^:\/?#]*)(?::(\d*))?)(((\/(?:[^?#](?![^?#\/]*\.[^?#\/.]+(?:[?#]|$)))*\/?)?([^?#\/]*))(?:\?([^#]*))?(?:#(.*))?)/,Ti=["source","protocol","authority","userInfo","user","password","host","port","relative","path","directory","file","query","anchor"];function ne(s){if(s.length>8e3)throw"URI too long";let e=s,t=s.indexOf("["),n=s.indexOf("]");t!=-1&&n!=-1&&(s=s.substring(0,t)+s.substring(t,n).replace(/:/g,";")+s.substring(n,s.length));let i=Ei.exec(s||""),r={},o=14;for(;o--;)r[Ti[o]]=i[o]||"";return t!=-1&&n!=-1&&(r.source=e,r.host=r.host.substring(1,r.host.length-1).replace(/;/g,":"),r.authority=r.authority.replace("[","").replace("]","").replace(/;/g,":"),r.ipv6uri=!0),r.pathNames=Ai(r,r.path),r.queryKey=Si(r,r.query),r}function Ai(s,e){let t=/\/{2,9}/g,n=e.replace(t,"/").split("/");return(e.slice(0,1)=="/"||e.length===0)&&n.splice(0,1),e.slice(-1)=="/"&&n.splice(n.length-1,1),n}function Si(s,e){let t={};return e.replace(/(?:^|&)([^&=]*)=?([^&]*)/g,function(n,i,r){i&&(t[i]=r)}),t}var qt=typeof addEventListener=="function"&&typeof removeEventListener=="function",Je=[];qt&&addEventListener("offline",()=>{Je.forEach(s=>s())},!1);var Y=class s extends b{constructor(e,t={}){var n,i;if(super(),this.binaryType=Ss,this.writeBuffer=[],this._prevBufferLen=0,this._upgrades=[],this._pingInterval=-1,this._pingTimeout=-1,this._maxPayload=-1,this._pingTimeoutTime=1/0,e&&typeof e=="object"&&(t=e,e=null),e){let r=ne(e);t.hostname=r.host,t.secure=r.protocol==="https"||r.protocol==="wss",t.port=r.port,r.query&&(t.query=r.query)}else t.host&&(t.hostname=ne(t.host).host);if(L(this,t),this.secure=t.secure!=null?t.secure:typeof location<"u"&&location.protocol==="https:",t.hostname&&!t.port&&(t.port=this.secure?"443":"80"),this.hostname=t.hostname||(typeof location<"u"?location.hostname:"localhost"),this.port=t.port||(typeof location<"u"&&location.port?location.port:this.secure?"443":"80"),t.transportImplementations&&t.transports)throw new Error("specifying both 'transportImplementations' and 'transports' options is not supported");t.transportImplementations||!((n=t.transports)===null||n===void 0)&&n.length&&typeof t.transports[0]=="function"?(this.transports=[],this._transportsByName=Object.create(null),((i=t.transportImplementations)!==null&&i!==void 0?i:t.transports).forEach(r=>{let o=r.prototype.name;this.transports.push(o),this._transportsByName[o]=r})):(this.transports=t.transports?[...t.transports]:["polling","websocket","webtransport"],this._transportsByName=Dt),this.opts=Object.assign({path:"/engine.io",agent:!1,withCredentials:!1,upgrade:!0,timestampParam:"t",rememberUpgrade:!1,addTrailingSlash:!0,rejectUnauthorized:!0,perMessageDeflate:{threshold:1024},transportOptions:{},closeOnBeforeunload:!1},t),this.opts.path=this.opts.path.replace(/\/$/,"")+(this.opts.addTrailingSlash?"/":""),typeof this.opts.query=="string"&&(this.opts.query=Cs(this.opts.query)),qt&&(this.opts.closeOnBeforeunload&&(this._beforeunloadEventListener=()=>{this.transport&&(this.transport.removeAllListeners(),this.transport.close())},addEventListener("beforeunload",this._beforeunloadEventListener,!1)),this.hostname!=="localhost"&&(this._offlineEventListener=()=>{this._onClose("transport close",{description:"network connection lost"})},Je.push(this._offlineEventListener))),this.opts.withCredentials&&(this._cookieJar=void 0),this._open()}createTransport(e){let t=Object.assign({},this.opts.query);t.EIO=Mt,t.transport=e,this.id&&(t.sid=this.id);let n=Object.assign({},this.opts,{query:t,socket:this,hostname:this.hostname,secure:this.secure,port:this.port},this.opts.transportOptions[e]);return new this._transportsByName[e](n)}_open(){if(this.transports.length===0){this.setTimeoutFn(()=>{this.emitReserved("error","No transports available")},0);return}let e=this.opts.rememberUpgrade&&s.priorWebsocketSuccess&&this.transports.indexOf("websocket")!==-1?"websocket":this.transports[0];this.readyState="opening";let t=this.createTransport(e);t.open(),this.setTransport(t)}setTransport(e){this.transport&&this.transport.removeAllListeners(),this.transport=e,e.on("drain",this._onDrain.bind(this)).on("packet",this._onPacket.bind(this)).on("error",this._onError.bind(this)).on("close",t=>this._onClose("transport close",t))}_probe(e){let t=this.createTransport(e),n=!1;s.priorWebsocketSuccess=!1;let i=()=>{n||(t.send([{type:"ping",data:"probe"}]),t.once("packet",p=>{if(!n)if(p.type==="pong"&&p.data==="probe"){if(this.upgrading=!0,this.emitReserved("upgrading",t),!t)return;s.priorWebsocketSuccess=t.name==="websocket",this.transport.pause(()=>{n||this.readyState!=="closed"&&(u(),this.setTransport(t),t.send([{type:"upgrade"}]),this.emitReserved("upgrade",t),t=null,this.upgrading=!1,this.flush())})}else{let m=new Error("probe error");m.transport=t.name,this.emitReserved("upgradeError",m)}}))};function r(){n||(n=!0,u(),t.close(),t=null)}let o=p=>{let m=new Error("probe error: "+p);m.transport=t.name,r(),this.emitReserved("upgradeError",m)};function a(){o("transport closed")}function c(){o("socket closed")}function d(p){t&&p.name!==t.name&&r()}let u=()=>{t.removeListener("open",i),t.removeListener("error",o),t.removeListener("close",a),this.off("close",c),this.off("upgrading",d)};t.once("open",i),t.once("error",o),t.once("close",a),this.once("close",c),this.once("upgrading",d),this._upgrades.indexOf("webtransport")!==-1&&e!=="webtransport"?this.setTimeoutFn(()=>{n||t.open()},200):t.open()}onOpen(){if(this.readyState="open",s.priorWebsocketSuccess=this.transport.name==="websocket",this.emitReserved("open"),this.flush(),this.readyState==="open"&&this.opts.upgrade)for(let e=0;e<this._upgrades.length;e++)this._probe(this._upgrades[e])}_onPacket(e){if(this.readyState==="opening"||this.readyState==="open"||this.readyState==="closing")switch(this.emitReserved("packet",e),this.emitReserved("heartbeat"),e.type){case"open":this.onHandshake(JSON.parse(e.data));break;case"ping":this._sendPacket("pong"),this.emitReserved("ping"),this.emitReserved("pong"),this._resetPingTimeout();break;case"error":let t=new Error("server error");t.code=e.data,this._onError(t);break;case"message":this.emitReserved("data",e.data),this.emitReserved("message",e.data);break}}onHandshake(e){this.emitReserved("handshake",e),this.id=e.sid,this.transport.query.sid=e.sid,this._upgrades=this._filterUpgrades(e.upgrades),this._pingInterval=e.pingInterval,this._pingTimeout=e.pingTimeout,this._maxPayload=e.maxPayload,this.onOpen(),this.readyState!=="closed"&&this._resetPingTimeout()}_resetPingTimeout(){this.clearTimeoutFn(this._pingTimeoutTimer);let e=this._pingInterval+this._pingTimeout;this._pingTimeoutTime=Date.now()+e,this._pingTimeoutTimer=this.setTimeoutFn(()=>{this._onClose("ping timeout")},e),this.opts.autoUnref&&this._pingTimeoutTimer.unref()}_onDrain(){this.writeBuffer.splice(0,this._prevBufferLen),this._prevBufferLen=0,this.writeBuffer.length===0?this.emitReserved("drain"):this.flush()}flush(){if(this.readyState!=="closed"&&this.transport.writable&&!this.upgrading&&this.writeBuffer.length){let e=this._getWritablePackets();this.transport.send(e),this._prevBufferLen=e.length,this.emitReserved("flush")}}_getWritablePackets(){if(!(this._maxPayload&&this.transport.name==="polling"&&this.writeBuffer.length>1))return this.writeBuffer;let t=1;for(let n=0;n<this.writeBuffer.length;n++){let i=this.writeBuffer[n].data;if(i&&(t+=Os(i)),n>0&&t>this._maxPayload)return this.writeBuffer.slice(0,n);t+=2}return this.writeBuffer}_hasPingExpired(){if(!this._pingTimeoutTime)return!0;let e=Date.now()>this._pingTimeoutTime;return e&&(this._pingTimeoutTime=0,P(()=>{this._onClose("ping timeout")},this.setTimeoutFn)),e}write(e,t,n){return this._sendPacket("message",e,t,n),this}send(e,t,n){return this._sendPacket("message",e,t,n),this}_sendPacket(e,t,n,i){if(typeof t=="function"&&(i=t,t=void 0),typeof n=="function"&&(i=n,n=null),this.readyState==="closing"||this.readyState==="closed")return;n=n||{},n.compress=n.compress!==!1;let r={type:e,data:t,options:n};this.emitReserved("packetCreate",r),this.writeBuffer.push(r),i&&this.once("flush",i),this.flush()}close(){let e=()=>{this._onClose("forced close"),this.transport.close()},t=()=>{this.off("upgrade",t),this.off("upgradeError",t),e()},n=()=>{this.once("upgrade",t),this.once("upgradeError",t)};return(this.readyState==="opening"||this.readyState==="open")&&(this.readyState="closing",this.writeBuffer.length?this.once("drain",()=>{this.upgrading?n():e()}):this.upgrading?n():e()),this}_onError(e){if(s.priorWebsocketSuccess=!1,this.opts.tryAllTransports&&this.transports.length>1&&this.readyState==="opening")return this.transports.shift(),this._open();this.emitReserved("error",e),this._onClose("transport error",e)}_onClose(e,t){if(this.readyState==="opening"||this.readyState==="open"||this.readyState==="closing"){if(this.clearTimeoutFn(this._pingTimeoutTimer),this.transport.removeAllListeners("close"),this.transport.close(),this.transport.removeAllListeners(),qt&&(this._beforeunloadEventListener&&removeEventListener("beforeunload",this._beforeunloadEventListener,!1),this._offlineEventListener)){let n=Je.indexOf(this._offlineEventListener);n!==-1&&Je.splice(n,1)}this.readyState="closed",this.id=null,this.emitReserved("close",e,t),this.writeBuffer=[],this._prevBufferLen=0}}_filterUpgrades(e){let t=[];for(let n=0;n<e.length;n++)~this.transports.indexOf(e[n])&&t.push(e[n]);return t}};Y.protocol=Mt;var la=Y.protocol;function Us(s,e="",t){let n=s;t=t||typeof location<"u"&&location,s==null&&(s=t.protocol+"//"+t.host),typeof s=="string"&&(s.charAt(0)==="/"&&(s.charAt(1)==="/"?s=t.protocol+s:s=t.host+s),/^(https?|wss?):\/\//.test(s)||(typeof t<"u"?s=t.protocol+"//"+s:s="https://"+s),n=ne(s)),n.port||(/^(http|ws)$/.test(n.protocol)?n.port="80":/^(http|ws)s$/.test(n.protocol)&&(n.port="443")),n.path=n.path||"/";let r=n.host.indexOf(":")!==-1?"["+n.host+"]":n.host;return n.id=n.protocol+"://"+r+":"+n.port+e,n.href=n.protocol+"://"+r+(t&&t.port===n.port?"":":"+n.port),n}var Wt={};ii(Wt,{Decoder:()=>Ee,Encoder:()=>ke,PacketType:()=>f,isPacketValid:()=>Ui,protocol:()=>Ws});var Ri=typeof ArrayBuffer=="function",Ci=s=>typeof ArrayBuffer.isView=="function"?ArrayBuffer.isView(s):s.buffer instanceof ArrayBuffer,Ds=Object.prototype.toString,Pi=typeof Blob=="function"||typeof Blob<"u"&&Ds.call(Blob)==="[object BlobConstructor]",Li=typeof File=="function"||typeof File<"u"&&Ds.call(File)==="[object FileConstructor]";function $e(s){return Ri&&(s instanceof ArrayBuffer||Ci(s))||Pi&&s instanceof Blob||Li&&s instanceof File}function _e(s,e){if(!s||typeof s!="object")return!1;if(Array.isArray(s)){for(let t=0,n=s.length;t<n;t++)if(_e(s[t]))return!0;return!1}if($e(s))return!0;if(s.toJSON&&typeof s.toJSON=="function"&&arguments.length===1)return _e(s.toJSON(),!0);for(let t in s)if(Object.prototype.hasOwnProperty.call(s,t)&&_e(s[t]))return!0;return!1}function qs(s){let e=[],t=s.data,n=s;return n.data=Ge(t,e),n.attachments=e.length,{packet:n,buffers:e}}function Ge(s,e,t){if(!s)return s;if($e(s)){let n={_placeholder:!0,num:e.length};return e.push(s),n}else if(Array.isArray(s)){let n=new Array(s.length);for(let i=0;i<s.length;i++)n[i]=Ge(s[i],e);return n}else if(typeof s=="object"&&!(s instanceof Date)){if(s.toJSON&&typeof s.toJSON=="function"&&!t)return Ge(s.toJSON(),e,!0);let n={};for(let i in s)Object.prototype.hasOwnProperty.call(s,i)&&(n[i]=Ge(s[i],e));return n}return s}function Is(s,e){return s.data=It(s.data,e),delete s.attachments,s}function It(s,e){if(!s)return s;if(s&&s._placeholder===!0){if(typeof s.num=="number"&&s.num>=0&&s.num<e.length)return e[s.num];throw new Error("illegal attachments")}else if(Array.isArray(s))for(let t=0;t<s.length;t++)s[t]=It(s[t],e);else if(typeof s=="object")for(let t in s)Object.prototype.hasOwnProperty.call(s,t)&&(s[t]=It(s[t],e));return s}var Hs=["connect","connect_error","disconnect","disconnecting","newListener","removeListener"],Ws=5,f;(function(s){s[s.CONNECT=0]="CONNECT",s[s.DISCONNECT=1]="DISCONNECT",s[s.EVENT=2]="EVENT",s[s.ACK=3]="ACK",s[s.CONNECT_ERROR=4]="CONNECT_ERROR",s[s.BINARY_EVENT=5]="BINARY_EVENT",s[s.BINARY_ACK=6]="BINARY_ACK"})(f||(f={}));var ke=class{constructor(e){this.replacer=e}encode(e){return(e.type===f.EVENT||e.type===f.ACK)&&_e(e)?this.encodeAsBinary({type:e.type===f.EVENT?f.BINARY_EVENT:f.BINARY_ACK,nsp:e.nsp,data:e.data,id:e.id}):[this.encodeAsString(e)]}encodeAsString(e){let t=""+e.type;return(e.type===f.BINARY_EVENT||e.type===f.BINARY_ACK)&&(t+=e.attachments+"-"),e.nsp&&e.nsp!=="/"&&(t+=e.nsp+","),e.id!=null&&(t+=e.id),e.data!=null&&(t+=JSON.stringify(e.data,this.replacer)),t}encodeAsBinary(e){let t=qs(e),n=this.encodeAsString(t.packet),i=t.buffers;return i.unshift(n),i}},Ee=class s extends b{constructor(e){super(),this.opts=Object.assign({reviver:void 0,maxAttachments:10},typeof e=="function"?{reviver:e}:e)}add(e){let t;if(typeof e=="string"){if(this.reconstructor)throw new Error("got plaintext data when reconstructing a packet");t=this.decodeString(e);let n=t.type===f.BINARY_EVENT;n||t.type===f.BINARY_ACK?(t.type=n?f.EVENT:f.ACK,this.reconstructor=new Ht(t)):super.emitReserved("decoded",t)}else if($e(e)||e.base64)if(this.reconstructor)t=this.reconstructor.takeBinaryData(e),t&&(this.reconstructor=null,super.emitReserved("decoded",t));else throw new Error("got binary data when not reconstructing a packet");else throw new Error("Unknown type: "+e)}decodeString(e){let t=0,n={type:Number(e.charAt(0))};if(f[n.type]===void 0)throw new Error("unknown packet type "+n.type);if(n.type===f.BINARY_EVENT||n.type===f.BINARY_ACK){let r=t+1;for(;e.charAt(++t)!=="-"&&t!=e.length;);let o=e.substring(r,t);if(o!=Number(o)||e.charAt(t)!=="-")throw new Error("Illegal attachments");let a=Number(o);if(!Fs(a)||a<1)throw new Error("Illegal attachments");if(a>this.opts.maxAttachments)throw new Error("too many attachments");n.attachments=a}if(e.charAt(t+1)==="/"){let r=t+1;for(;++t&&!(e.charAt(t)===","||t===e.length););n.nsp=e.substring(r,t)}else n.nsp="/";let i=e.charAt(t+1);if(i!==""&&Number(i)==i){let r=t+1;for(;++t;){let o=e.charAt(t);if(o==null||Number(o)!=o){--t;break}if(t===e.length)break}n.id=Number(e.substring(r,t+1))}if(e.charAt(++t)){let r=this.tryParse(e.substr(t));if(s.isPayloadValid(n.type,r))n.data=r;else throw new Error("invalid payload")}return n}tryParse(e){try{return JSON.parse(e,this.opts.reviver)}catch{return!1}}static isPayloadValid(e,t){switch(e){case f.CONNECT:return Xe(t);case f.DISCONNECT:return t===void 0;case f.CONNECT_ERROR:return typeof t=="string"||Xe(t);case f.EVENT:case f.BINARY_EVENT:return Array.isArray(t)&&(typeof t[0]=="number"||typeof t[0]=="string"&&Hs.indexOf(t[0])===-1);case f.ACK:case f.BINARY_ACK:return Array.isArray(t)}}destroy(){this.reconstructor&&(this.reconstructor.finishedReconstruction(),this.reconstructor=null)}},Ht=class{constructor(e){this.packet=e,this.buffers=[],this.reconPack=e}takeBinaryData(e){if(this.buffers.push(e),this.buffers.length===this.reconPack.attachments){let t=Is(this.reconPack,this.buffers);return this.finishedReconstruction(),t}return null}finishedReconstruction(){this.reconPack=null,this.buffers=[]}};function Mi(s){return typeof s=="string"}var Fs=Number.isInteger||function(s){return typeof s=="number"&&isFinite(s)&&Math.floor(s)===s};function Ni(s){return s===void 0||Fs(s)}function Xe(s){return Object.prototype.toString.call(s)==="[object Object]"}function Bi(s,e){switch(s){case f.CONNECT:return e===void 0||Xe(e);case f.DISCONNECT:return e===void 0;case f.EVENT:return Array.isArray(e)&&(typeof e[0]=="number"||typeof e[0]=="string"&&Hs.indexOf(e[0])===-1);case f.ACK:return Array.isArray(e);case f.CONNECT_ERROR:return typeof e=="string"||Xe(e);default:return!1}}function Ui(s){return Mi(s.nsp)&&Ni(s.id)&&Bi(s.type,s.data)}function A(s,e,t){return s.on(e,t),function(){s.off(e,t)}}var Di=Object.freeze({connect:1,connect_error:1,disconnect:1,disconnecting:1,newListener:1,removeListener:1}),ie=class extends b{constructor(e,t,n){super(),this.connected=!1,this.recovered=!1,this.receiveBuffer=[],this.sendBuffer=[],this._queue=[],this._queueSeq=0,this.ids=0,this.acks={},this.flags={},this.io=e,this.nsp=t,n&&n.auth&&(this.auth=n.auth),this._opts=Object.assign({},n),this.io._autoConnect&&this.open()}get disconnected(){return!this.connected}subEvents(){if(this.subs)return;let e=this.io;this.subs=[A(e,"open",this.onopen.bind(this)),A(e,"packet",this.onpacket.bind(this)),A(e,"error",this.onerror.bind(this)),A(e,"close",this.onclose.bind(this))]}get active(){return!!this.subs}connect(){return this.connected?this:(this.subEvents(),this.io._reconnecting||this.io.open(),this.io._readyState==="open"&&this.onopen(),this)}open(){return this.connect()}send(...e){return e.unshift("message"),this.emit.apply(this,e),this}emit(e,...t){var n,i,r;if(Di.hasOwnProperty(e))throw new Error('"'+e.toString()+'" is a reserved event name');if(t.unshift(e),this._opts.retries&&!this.flags.fromQueue&&!this.flags.volatile)return this._addToQueue(t),this;let o={type:f.EVENT,data:t};if(o.options={},o.options.compress=this.flags.compress!==!1,typeof t[t.length-1]=="function"){let u=this.ids++,p=t.pop();this._registerAckCallback(u,p),o.id=u}let a=(i=(n=this.io.engine)===null||n===void 0?void 0:n.transport)===null||i===void 0?void 0:i.writable,c=this.connected&&!(!((r=this.io.engine)===null||r===void 0)&&r._hasPingExpired());return this.flags.volatile&&!a||(c?(this.notifyOutgoingListeners(o),this.packet(o)):this.sendBuffer.push(o)),this.flags={},this}_registerAckCallback(e,t){var n;let i=(n=this.flags.timeout)!==null&&n!==void 0?n:this._opts.ackTimeout;if(i===void 0){this.acks[e]=t;return}let r=this.io.setTimeoutFn(()=>{delete this.acks[e];for(let a=0;a<this.sendBuffer.length;a++)this.sendBuffer[a].id===e&&this.sendBuffer.splice(a,1);t.call(this,new Error("operation has timed out"))},i),o=(...a)=>{this.io.clearTimeoutFn(r),t.apply(this,a)};o.withError=!0,this.acks[e]=o}emitWithAck(e,...t){return new Promise((n,i)=>{let r=(o,a)=>o?i(o):n(a);r.withError=!0,t.push(r),this.emit(e,...t)})}_addToQueue(e){let t;typeof e[e.length-1]=="function"&&(t=e.pop());let n={id:this._queueSeq++,tryCount:0,pending:!1,args:e,flags:Object.assign({fromQueue:!0},this.flags)};e.push((i,...r)=>(this._queue[0],i!==null?n.tryCount>this._opts.retries&&(this._queue.shift(),t&&t(i)):(this._queue.shift(),t&&t(null,...r)),n.pending=!1,this._drainQueue())),this._queue.push(n),this._drainQueue()}_drainQueue(e=!1){if(!this.connected||this._queue.length===0)return;let t=this._queue[0];t.pending&&!e||(t.pending=!0,t.tryCount++,this.flags=t.flags,this.emit.apply(this,t.args))}packet(e){e.nsp=this.nsp,this.io._packet(e)}onopen(){typeof this.auth=="function"?this.auth(e=>{this._sendConnectPacket(e)}):this._sendConnectPacket(this.auth)}_sendConnectPacket(e){this.packet({type:f.CONNECT,data:this._pid?Object.assign({pid:this._pid,offset:this._lastOffset},e):e})}onerror(e){this.connected||this.emitReserved("connect_error",e)}onclose(e,t){this.connected=!1,delete this.id,this.emitReserved("disconnect",e,t),this._clearAcks()}_clearAcks(){Object.keys(this.acks).forEach(e=>{if(!this.sendBuffer.some(n=>String(n.id)===e)){let n=this.acks[e];delete this.acks[e],n.withError&&n.call(this,new Error("socket has been disconnected"))}})}onpacket(e){if(e.nsp===this.nsp)switch(e.type){case f.CONNECT:e.data&&e.data.sid?this.onconnect(e.data.sid,e.data.pid):this.emitReserved("connect_error",new Error("It seems you are trying to reach a Socket.IO server in v2.x with a v3.x client, but they are not compatible (more information here: https://socket.io/docs/v3/migrating-from-2-x-to-3-0/)"));break;case f.EVENT:case f.BINARY_EVENT:this.onevent(e);break;case f.ACK:case f.BINARY_ACK:this.onack(e);break;case f.DISCONNECT:this.ondisconnect();break;case f.CONNECT_ERROR:this.destroy();let n=new Error(e.data.message);n.data=e.data.data,this.emitReserved("connect_error",n);break}}onevent(e){let t=e.data||[];e.id!=null&&t.push(this.ack(e.id)),this.connected?this.emitEvent(t):this.receiveBuffer.push(Object.freeze(t))}emitEvent(e){if(this._anyListeners&&this._anyListeners.length){let t=this._anyListeners.slice();for(let n of t)n.apply(this,e)}super.emit.apply(this,e),this._pid&&e.length&&typeof e[e.length-1]=="string"&&(this._lastOffset=e[e.length-1])}ack(e){let t=this,n=!1;return function(...i){n||(n=!0,t.packet({type:f.ACK,id:e,data:i}))}}onack(e){let t=this.acks[e.id];typeof t=="function"&&(delete this.acks[e.id],t.withError&&e.data.unshift(null),t.apply(this,e.data))}onconnect(e,t){this.id=e,this.recovered=t&&this._pid===t,this._pid=t,this.connected=!0,this.emitBuffered(),this._drainQueue(!0),this.emitReserved("connect")}emitBuffered(){this.receiveBuffer.forEach(e=>this.emitEvent(e)),this.receiveBuffer=[],this.sendBuffer.forEach(e=>{this.notifyOutgoingListeners(e),this.packet(e)}),this.sendBuffer=[]}ondisconnect(){this.destroy(),this.onclose("io server disconnect")}destroy(){this.subs&&(this.subs.forEach(e=>e()),this.subs=void 0),this.io._destroy(this)}disconnect(){return this.connected&&this.packet({type:f.DISCONNECT}),this.destroy(),this.connected&&this.onclose("io client disconnect"),this}close(){return this.disconnect()}compress(e){return this.flags.compress=e,this}get volatile(){return this.flags.volatile=!0,this}timeout(e){return this.flags.timeout=e,this}onAny(e){return this._anyListeners=this._anyListeners||[],this._anyListeners.push(e),this}prependAny(e){return this._anyListeners=this._anyListeners||[],this._anyListeners.unshift(e),this}offAny(e){if(!this._anyListeners)return this;if(e){let t=this._anyListeners;for(let n=0;n<t.length;n++)if(e===t[n])return t.splice(n,1),this}else this._anyListeners=[];return this}listenersAny(){return this._anyListeners||[]}onAnyOutgoing(e){return this._anyOutgoingListeners=this._anyOutgoingListeners||[],this._anyOutgoingListeners.push(e),this}prependAnyOutgoing(e){return this._anyOutgoingListeners=this._anyOutgoingListeners||[],this._anyOutgoingListeners.unshift(e),this}offAnyOutgoing(e){if(!this._anyOutgoingListeners)return this;if(e){let t=this._anyOutgoingListeners;for(let n=0;n<t.length;n++)if(e===t[n])return t.splice(n,1),this}else this._anyOutgoingListeners=[];return this}listenersAnyOutgoing(){return this._anyOutgoingListeners||[]}notifyOutgoingListeners(e){if(this._anyOutgoingListeners&&this._anyOutgoingListeners.length){let t=this._anyOutgoingListeners.slice();for(let n of t)n.apply(this,e.data)}}};function J(s){s=s||{},this.ms=s.min||100,this.max=s.max||1e4,this.factor=s.factor||2,this.jitter=s.jitter>0&&s.jitter<=1?s.jitter:0,this.attempts=0}J.prototype.duration=function(){var s=this.ms*Math.pow(this.factor,this.attempts++);if(this.jitter){var e=Math.random(),t=Math.floor(e*this.jitter*s);s=(Math.floor(e*10)&1)==0?s-t:s+t}return Math.min(s,this.max)|0};J.prototype.reset=function(){this.attempts=0};J.prototype.setMin=function(s){this.ms=s};J.prototype.setMax=function(s){this.max=s};J.prototype.setJitter=function(s){this.jitter=s};var re=class extends b{constructor(e,t){var n;super(),this.nsps={},this.subs=[],e&&typeof e=="object"&&(t=e,e=void 0),t=t||{},t.path=t.path||"/socket.io",this.opts=t,L(this,t),this.reconnection(t.reconnection!==!1),this.reconnectionAttempts(t.reconnectionAttempts||1/0),this.reconnectionDelay(t.reconnectionDelay||1e3),this.reconnectionDelayMax(t.reconnectionDelayMax||5e3),this.randomizationFactor((n=t.randomizationFactor)!==null&&n!==void 0?n:.5),this.backoff=new J({min:this.reconnectionDelay(),max:this.reconnectionDelayMax(),jitter:this.randomizationFactor()}),this.timeout(t.timeout==null?2e4:t.timeout),this._readyState="closed",this.uri=e;let i=t.parser||Wt;this.encoder=new i.Encoder,this.decoder=new i.Decoder,this._autoConnect=t.autoConnect!==!1,this._autoConnect&&this.open()}reconnection(e){return arguments.length?(this._reconnection=!!e,e||(this.skipReconnect=!0),this):this._reconnection}reconnectionAttempts(e){return e===void 0?this._reconnectionAttempts:(this._reconnectionAttempts=e,this)}reconnectionDelay(e){var t;return e===void 0?this._reconnectionDelay:(this._reconnectionDelay=e,(t=this.backoff)===null||t===void 0||t.setMin(e),this)}randomizationFactor(e){var t;return e===void 0?this._randomizationFactor:(this._randomizationFactor=e,(t=this.backoff)===null||t===void 0||t.setJitter(e),this)}reconnectionDelayMax(e){var t;return e===void 0?this._reconnectionDelayMax:(this._reconnectionDelayMax=e,(t=this.backoff)===null||t===void 0||t.setMax(e),this)}timeout(e){return arguments.length?(this._timeout=e,this):this._timeout}maybeReconnectOnOpen(){!this._reconnecting&&this._reconnection&&this.backoff.attempts===0&&this.reconnect()}open(e){if(~this._readyState.indexOf("open"))return this;this.engine=new Y(this.uri,this.opts);let t=this.engine,n=this;this._readyState="opening",this.skipReconnect=!1;let i=A(t,"open",function(){n.onopen(),e&&e()}),r=a=>{this.cleanup(),this._readyState="closed",this.emitReserved("error",a),e?e(a):this.maybeReconnectOnOpen()},o=A(t,"error",r);if(this._timeout!==!1){let a=this._timeout,c=this.setTimeoutFn(()=>{i(),r(new Error("timeout")),t.close()},a);this.opts.autoUnref&&c.unref(),this.subs.push(()=>{this.clearTimeoutFn(c)})}return this.subs.push(i),this.subs.push(o),this}connect(e){return this.open(e)}onopen(){this.cleanup(),this._readyState="open",this.emitReserved("open");let e=this.engine;this.subs.push(A(e,"ping",this.onping.bind(this)),A(e,"data",this.ondata.bind(this)),A(e,"error",this.onerror.bind(this)),A(e,"close",this.onclose.bind(this)),A(this.decoder,"decoded",this.ondecoded.bind(this)))}onping(){this.emitReserved("ping")}ondata(e){try{this.decoder.add(e)}catch(t){this.onclose("parse error",t)}}ondecoded(e){P(()=>{this.emitReserved("packet",e)},this.setTimeoutFn)}onerror(e){this.emitReserved("error",e)}socket(e,t){let n=this.nsps[e];return n?this._autoConnect&&!n.active&&n.connect():(n=new ie(this,e,t),this.nsps[e]=n),n}_destroy(e){let t=Object.keys(this.nsps);for(let n of t)if(this.nsps[n].active)return;this._close()}_packet(e){let t=this.encoder.encode(e);for(let n=0;n<t.length;n++)this.engine.write(t[n],e.options)}cleanup(){this.subs.forEach(e=>e()),this.subs.length=0,this.decoder.destroy()}_close(){this.skipReconnect=!0,this._reconnecting=!1,this.onclose("forced close")}disconnect(){return this._close()}onclose(e,t){var n;this.cleanup(),(n=this.engine)===null||n===void 0||n.close(),this.backoff.reset(),this._readyState="closed",this.emitReserved("close",e,t),this._reconnection&&!this.skipReconnect&&this.reconnect()}reconnect(){if(this._reconnecting||this.skipReconnect)return this;let e=this;if(this.backoff.attempts>=this._reconnectionAttempts)this.backoff.reset(),this.emitReserved("reconnect_failed"),this._reconnecting=!1;else{let t=this.backoff.duration();this._reconnecting=!0;let n=this.setTimeoutFn(()=>{e.skipReconnect||(this.emitReserved("reconnect_attempt",e.backoff.attempts),!e.skipReconnect&&e.open(i=>{i?(e._reconnecting=!1,e.reconnect(),this.emitReserved("reconnect_error",i)):e.onreconnect()}))},t);this.opts.autoUnref&&n.unref(),this.subs.push(()=>{this.clearTimeoutFn(n)})}}onreconnect(){let e=this.backoff.attempts;this._reconnecting=!1,this.backoff.reset(),this.emitReserved("reconnect",e)}};var Te={};function Ae(s,e){typeof s=="object"&&(e=s,s=void 0),e=e||{};let t=Us(s,e.path||"/socket.io"),n=t.source,i=t.id,r=t.path,o=Te[i]&&r in Te[i].nsps,a=e.forceNew||e["force new connection"]||e.multiplex===!1||o,c;return a?c=new re(n,e):(Te[i]||(Te[i]=new re(n,e)),c=Te[i]),t.query&&!e.query&&(e.query=t.queryKey),c.socket(t.path,e)}Object.assign(Ae,{Manager:re,Socket:ie,io:Ae,connect:Ae});var qi=[Array,String,Number,Boolean,Object].map(s=>s.prototype);function Qe(s){let e=qi.filter(t=>Object.hasOwn(t,"toJSON")).map(t=>[t,t.toJSON]);for(let[t]of e)delete t.toJSON;try{return s()}finally{for(let[t,n]of e)t.toJSON=n}}var Ii=8e3,Hi=3e3,Ft=class extends ke{encode(e){return Qe(()=>super.encode(e))}},Ze=class{constructor(e,t){this.server=e;this.heard=t;this.warned=!1;let n=new URL(e,location.href);this.socket=Ae(n.origin,{path:`${n.pathname.replace(/\/$/,"")}/socket.io`,parser:{Encoder:Ft,Decoder:Ee},transports:["websocket","polling"],tryAllTransports:!0,timeout:Ii,reconnectionDelay:500,reconnectionDelayMax:5e3});for(let[i,r]of Object.entries(t))this.socket.on(i,(o,a)=>{r(o),typeof a=="function"&&a()});this.socket.on("disconnect",i=>{this.lost(),i==="io server disconnect"&&this.comeBack()}),this.socket.on("connect_error",i=>this.failed(i)),window.addEventListener("offline",()=>this.socket.disconnect()),window.addEventListener("online",()=>this.socket.connect())}connect(){this.socket.connect()}emit(e,t){this.socket.emit(e,t)}ask(e,t,n){return this.socket.timeout(n).emitWithAck(e,t)}failed(e){this.warned||(this.warned=!0,this.explain(e.message)),e.message==="timeout"&&(this.socket.io.opts.transports=["polling","websocket"]),this.socket.active||this.comeBack(),this.lost()}async explain(e){let t=await Wi(this.server);this.heard.refused?.(t),console.warn(t?`OptFM: сервер ${this.server} не пускает страницы ${location.origin}: добавьте этот адрес в WIDGET_ORIGINS`:`OptFM: нет связи с ${this.server} (${e}). Сервер запущен? Есть ли ${location.origin} в его WIDGET_ORIGINS, пропускает ли прокси /socket.io, разрешает ли connect-src политики CSP?`)}comeBack(){setTimeout(()=>this.socket.connect(),Hi*(1+Math.random()))}lost(){this.heard.lost?.(void 0)}};async function Wi(s){try{let e=await fetch(`${s.replace(/\/$/,"")}/webhooks/socketio/origin`,{credentials:"omit"});return e.ok&&(await e.json()).allowed===!1}catch{return!1}}function Se(){let s=crypto.getRandomValues(new Uint8Array(16));return Array.from(s,e=>e.toString(16).padStart(2,"0")).join("")}var Fi=/^image\/(jpeg|png|webp|gif)$/;function Oe(s,e,t=Date.now()){let n=v(s),i=d=>zi(d,e),r=v(n.custom??n.data),o=r.manager===void 0?void 0:v(r.manager),a=Vi(n.from,o!==void 0),c=Xi(n.file??r.file??zs(n,"file"),i);return{id:y(n.message_id)||y(n.id)||Se(),from:a,text:y(n.text),at:ji(n.at??n.timestamp,t),buttons:G(n.buttons??n.quick_replies).map(Ki).filter(Yi),rows:G(r.rows).map(Ji).filter(d=>d.name!==""),order:G(v(r.order).lines).map(Gi),file:c,image:i(n.image)??i(zs(n,"image").src)??(c&&Fi.test(c.mime)?c.url:void 0),name:y(o?.name)||y(n.name)||void 0,consent:v(r.form).field==="consent"||void 0,state:a==="user"?"sent":void 0}}function et(s){return!!(s.text||s.rows.length||s.file||s.image)}function zi(s,e){let t=y(s);return/^\/(?!\/)/.test(t)?e+t:/^https?:\/\//.test(t)?t:void 0}function v(s){return typeof s=="object"&&s!==null&&!Array.isArray(s)?s:{}}function G(s){return Array.isArray(s)?s:[]}function y(s){return typeof s=="string"?s:""}function Vi(s,e){return s==="user"||s==="manager"?s:e?"manager":"bot"}function ji(s,e){if(typeof s=="number")return s<1e11?s*1e3:s;let t=typeof s=="string"?Date.parse(s):NaN;return Number.isNaN(t)?e:t}function Ki(s){let e=v(s);return{title:y(e.title),payload:y(e.payload)||y(e.title)}}function Yi(s){return s.title!==""}function Ji(s){let e=v(s),t=Number(e.price)||0;return{code:y(e.code),name:y(e.name).split(/\s+/).filter(Boolean).join(" "),price:t,finalPrice:Number(e.final_price)||t,status:y(e.status),colours:G(e.colours).map(y).filter(Boolean)}}function Gi(s){let e=v(s),t=y(e.state);return{n:Number(e.n)||0,said:y(e.said),quantity:typeof e.quantity=="number"?e.quantity:void 0,state:t==="sure"||t==="choose"||t==="none"?t:"unread",code:y(e.code),name:y(e.name),price:Number(e.price)||0,sum:typeof e.sum=="number"?e.sum:void 0,note:y(e.note),options:G(e.options).map(n=>{let i=v(n);return{name:y(i.name),price:Number(i.price)||0}})}}function Xi(s,e){let t=v(s),n=e(t.url??t.src),i=y(t.name)||(n?.split("/").pop()??"");if(i)return{name:i,size:Number(t.size)||0,mime:y(t.mime),url:n}}function zs(s,e){let t=v(s.attachment);return t.type===e?v(t.payload):{}}var zt=1e7,Vs="image/jpeg,image/png,image/webp,image/gif,.heic,.pdf,.doc,.docx,.xls,.xlsx,.txt,.csv,.mp4,.ogg,.mp3,.m4a",Qi=/\.(jpe?g|png|webp|gif|heic|pdf|docx?|xlsx?|txt|csv|mp4|ogg|mp3|m4a)$/i;function js(s){return Qi.test(s.name)?s.size===0?"fileEmpty":s.size>zt?"fileTooBig":null:"fileWrong"}function Ks(s,e,t,n,i){return new Promise((r,o)=>{let a=new XMLHttpRequest;a.open("POST",`${s}/webhooks/socketio/file?name=${encodeURIComponent(n.name)}`),a.setRequestHeader("Content-Type",n.type||"application/octet-stream"),a.setRequestHeader("X-Session",e),a.setRequestHeader("X-Message-Id",t),a.responseType="json",a.upload.onprogress=c=>c.total&&i(c.loaded/c.total),a.onload=()=>a.status===200?r(a.response):o(new Error(y(v(a.response).text))),a.onerror=a.ontimeout=a.onabort=()=>o(new Error),a.timeout=12e4,a.send(n)})}var Re="pending ",tt=class{constructor(e){this.storage=e}all(){return this.storage.all(Re).map(Ys).filter(e=>e!==null).sort((e,t)=>e.at-t.at)}add(e){this.storage.set(Re+e.id,Qe(()=>JSON.stringify(e)))}done(e){this.storage.set(Re+e,null)}onChange(e,t){this.storage.onChange((n,i)=>{if(!n.startsWith(Re))return;let r=i===null?null:Ys(i);r?e(r):t(n.slice(Re.length))})}};function Ys(s){try{let e=JSON.parse(s);return typeof e.id=="string"&&typeof e.text=="string"?e:null}catch{return null}}var Zi=4e4,er=3e4,tr=8e3,sr=2e3,nr=1e4,it=4e3,nt=class{constructor(e,t,n){this.server=e;this.storage=t;this.changed=n;this.messages=[];this.connected=!1;this.away=!1;this.typing=!1;this.refused=!1;this.slow=!1;this.telegram=!0;this.onTheWay=new Set;this.files=new Map;this.earlier=new Set;this.typingTimer=0;this.slowTimer=0;this.flushTimer=0;this.flushed=!1;this.pending=new tt(t),this.session=t.get("session")}get known(){return this.session!==null||this.pending.all().length>0}start(){if(!this.connection){this.connection=new Ze(this.server,{connect:()=>this.requestSession(),lost:()=>this.lost(),refused:e=>this.turnedAway(e===!0),session_confirm:e=>this.confirmed(e),session_history:e=>this.replace(G(e)),session_features:e=>{this.telegram=v(e).telegram!==!1,this.changed("state")},bot_uttered:e=>this.answered(e),user_uttered_echo:e=>this.echoed(e),bot_typing:e=>this.setTyping(v(e).on!==!1)}),this.pending.onChange(e=>this.show(st(e)),e=>this.settle(e,{state:"sent"}));for(let e of this.pending.all())this.show(st(e))}}say(e,t=e){let n={id:Se(),text:e,shown:t,at:Date.now()};this.pending.add(n),this.show(st(n)),this.start(),this.flushed?this.emit(n):this.away&&this.connection?.connect()}again(e){if(this.settle(e.id,{state:"sending",error:void 0}),!this.flushed)this.connection?.connect();else if(this.files.has(e.id))this.upload(e.id);else for(let t of this.pending.all())t.id===e.id&&this.emit(t)}sendFile(e){let{name:t,size:n,type:i}=e,r=st({id:Se(),text:"",shown:"",at:Date.now()});this.files.set(r.id,e),this.show({...r,file:{name:t,size:n,mime:i}}),this.start(),this.flushed&&this.upload(r.id)}async telegramLink(){if(!this.connection||!this.connected)return null;try{let e=v(await this.connection.ask("link_request",{},nr)),t=y(e.url);return this.telegram=e.error!=="no_telegram",/^https:\/\//.test(t)?t:null}catch{return null}}requestSession(){this.session=this.storage.get("session"),this.connection?.emit("session_request",{session_id:this.session,acks:!0})}confirmed(e){let t=y(e)||y(v(e).session_id),n=this.storage.get("session");if(this.session===null&&n!==null&&n!==t){this.requestSession();return}t!==this.session&&(this.messages=this.messages.filter(i=>i.state==="sending")),this.earlier=new Set(this.messages.filter(Js).map(i=>i.id)),this.session=t,this.storage.set("session",t),this.connected=!0,this.away=this.refused=!1,clearTimeout(this.flushTimer),this.flushTimer=window.setTimeout(()=>this.flush(),sr),this.changed("state")}flush(){if(clearTimeout(this.flushTimer),!!this.connected){this.flushed=!0;for(let e of this.pending.all())this.emit(e);for(let e of this.files.keys())this.upload(e)}}async upload(e){let t=this.files.get(e);if(!(!t||!this.session||this.onTheWay.has(e))){this.onTheWay.add(e),this.settle(e,{state:"sending",error:void 0,progress:0});try{let n=await Ks(this.server,this.session,e,t,r=>this.settle(e,{progress:r})),i=Oe(n,this.server);this.files.delete(e),this.settle(e,{state:"sent",progress:void 0,image:i.image,...i.file&&{file:i.file}})}catch(n){let i=n instanceof Error?n.message:"";this.settle(e,{state:"failed",error:i,progress:void 0})}finally{this.onTheWay.delete(e)}}}emit(e){this.onTheWay.has(e.id)||(this.onTheWay.add(e.id),this.settle(e.id,{state:"sending",error:void 0}),this.setTyping(!0),this.connection?.ask("user_uttered",{message:e.text,session_id:this.session,message_id:e.id,display:e.shown},Zi).then(t=>this.acknowledged(e.id,v(t))).catch(()=>{this.connected&&this.settle(e.id,{state:"failed"})}).finally(()=>this.onTheWay.delete(e.id)))}acknowledged(e,t){let n=y(t.error),i=t.ok===!1;if(n!=="too_often"&&this.pending.done(e),!i){let r=Date.parse(y(t.at));this.settle(e,{state:"sent",...r?{at:r}:{}});return}this.setTyping(!1),this.settle(e,{state:"failed",error:y(t.text)||n,final:n!=="too_often"})}replace(e){let t=e.map(r=>Oe(r,this.server)).filter(et),n=new Set(t.map(r=>r.id));for(let r of this.pending.all())n.has(r.id)&&this.pending.done(r.id);let i=this.messages.filter(r=>!Js(r)||!this.earlier.has(r.id));this.messages=[...t,...i.filter(r=>!n.has(r.id))],this.changed("messages"),this.flush()}answered(e){let t=Oe(e,this.server);t.id.endsWith(":slow")||this.setTyping(!1),!(!et(t)||this.messages.some(n=>n.id===t.id))&&(this.messages=ir(this.messages,t),this.latest=t,this.changed("answer"))}echoed(e){let t=Oe({...v(e),from:"user"},this.server);this.messages.some(n=>n.id===t.id)?this.settle(t.id,{state:"sent"}):et(t)&&(this.messages=[...this.messages,t],this.changed("messages"))}show(e){this.messages.some(t=>t.id===e.id)||(this.messages=[...this.messages,e],this.changed("messages"))}settle(e,t){this.messages=this.messages.map(n=>n.id===e?{...n,...t}:n),this.changed(t.state==="failed"?"failed":"state")}lost(){this.connected=this.flushed=!1,this.away=!0,this.setTyping(!1),this.changed("state")}turnedAway(e){this.refused=e,this.changed("state")}setTyping(e){clearTimeout(this.typingTimer),(!e||!this.typing)&&(clearTimeout(this.slowTimer),this.slow=!1,e&&(this.slowTimer=window.setTimeout(()=>this.takesLong(),tr))),this.typing=e,e&&(this.typingTimer=window.setTimeout(()=>this.setTyping(!1),er)),this.changed("state")}takesLong(){this.slow=!0,this.changed("slow")}};function ir(s,e){let[t]=e.id.split(":"),n=s.findIndex(r=>r.from==="user"&&r.id===t),i=s.findIndex((r,o)=>o>n&&r.from==="user");return n<0||i<0?[...s,e]:[...s.slice(0,i),e,...s.slice(i)]}function Js(s){return s.state===void 0||s.state==="sent"}function st(s){return{id:s.id,from:"user",text:s.shown,at:s.at,buttons:[],rows:[],order:[],state:"sending"}}async function Gs(s,e){try{return await navigator.clipboard.writeText(s),!0}catch{return e!==null&&rr(e)&&document.execCommand("copy")}}function rr(s){let e=getSelection();return e?.selectAllChildren(s),e!==null}var or=/(https?:\/\/[^\s<>«»"]+[^\s<>«»".,;:!?)])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|((?:\+7|8)[ -]?\(?\d{3}\)?(?:[ -]?\d){7}(?!\d))/g;function Xs(s){return s.replace(/(\d) (?=\d{3}(?!\d))/g,"$1 ").replace(/ ₽/g," ₽")}function rt(s){let e=[],t=0;for(let n of s.matchAll(or)){let[i,r,o]=n;n.index>t&&e.push(Xs(s.slice(t,n.index)));let a=i.replace(/[^\d+]/g,"").replace(/^8/,"+7"),c=a.startsWith("+7800")?a.replace("+7","8"):a;e.push({text:i,href:r??(o?`mailto:${o}`:`tel:${c}`)}),t=n.index+i.length}return t<s.length&&e.push(Xs(s.slice(t))),e}function Zs(s,e){let t=o=>e.some(a=>[Qs(a.name),a.code].some(c=>c&&Qs(o).includes(c))),n=s.split(`
`),i=n.findIndex(t);if(i<0)return[s.trim(),""];let r=n.slice(i).filter(o=>!t(o));return[n.slice(0,i).join(`
`).trim(),r.join(`
`).trim()]}function en(s,e){let t=s.split(`
`),n=[],i=[],r=!1;t.forEach((c,d)=>{let u=Number(/^(\d+)\. /.exec(c)?.[1]),p=e.find(m=>m.n===u&&(c.includes(m.code||m.said)||c.includes(m.said)));p&&n.push(p),r=p!==void 0||r&&/^ {4}/.test(c),r||i.push([d,c])});let o=n.length?t.findIndex(c=>c.startsWith(`${n[0]?.n}. `)):t.length,a=c=>i.filter(([d])=>d<o===c).map(([,d])=>d).join(`
`).trim();return[a(!0),a(!1),n]}function I(s){let e=Number.isInteger(s)?0:2;return`${s.toLocaleString("ru-RU",{minimumFractionDigits:e,maximumFractionDigits:e,useGrouping:!0})} ₽`.replace(/\s/g," ")}function ot(s,e){let t=s<1e6?0:1;return`${(t?s/1e6:Math.max(1,s/1e3)).toLocaleString("ru-RU",{maximumFractionDigits:t})} ${e[t]}`}function Qs(s){return s.split(/\s+/).filter(Boolean).join(" ")}var ar={locale:"ru-RU",chat:"Чат с магазином",open:"Открыть чат",close:"Закрыть чат",unread:"непрочитанных сообщений: {n}",title:"OptFM",subtitle:"Отвечаем сразу",greeting:"Здравствуйте! Напишите товар и модель — назову цену. Отвечу про доставку и оплату, позову менеджера.",suggestions:"Дисплей iPhone 11|Доставка и оплата|Где вы находитесь?",log:"Сообщения",spoken:"Новые сообщения",input:"Ваше сообщение",placeholder:"Товар и модель или вопрос",send:"Отправить",attach:"Прикрепить фото или файл; заказ — xlsx, xls, csv, txt до 500 строк и 5 МБ",manager:"Позвать менеджера",telegram:"В Telegram",telegramLong:"Продолжить в Telegram",soundOn:"Включить звук",soundOff:"Выключить звук",consent:"Обработка персональных данных",consentAsked:"Полный текст согласия",newTab:"откроется в новой вкладке",typing:"печатает…",slow:"Ещё ищу ответ, подождите немного…",connecting:"Соединяемся…",offline:"Нет связи. Напишите: отправим, как только она появится.",refused:"Чат на этом сайте не включён.",call:"Или позвоните:",sending:"Отправляется",sent:"Доставлено",failed:"Не отправлено",tooOften:"Слишком часто. Подождите немного",again:"Повторить",today:"Сегодня",yesterday:"Вчера",you:"Вы",bot:"Бот",managerName:"Менеджер",code:"код",copy:"Скопировать код {code}",copied:"Код {code} скопирован",copyFailed:"Скопировать не получилось. Код выделен: скопируйте его сами.",want:"Хочу это",wantLong:"Хочу это: {name}",wantText:"Оставить заявку на {name} (код {code})",sale:"≈ {price} со скидкой",colours:"цвета: {list}",leaveOut:"Убрать",leaveOutLong:"Убрать: {name}",leaveOutText:"Убери строку {n}",howMany:"сколько штук?",lineChoose:"нужно выбрать",lineNone:"нет в прайс-листе",lineUnread:"не понял, что это",lineNear:"Похожее: {list}",tooLong:"Слишком длинное сообщение: не больше 4 000 знаков",fileTooBig:"Файл больше {max}. Пришлите поменьше.",fileWrong:"Такой файл не принимается. Подойдут фото, видео, звук, PDF, Excel, Word.",fileEmpty:"Файл пустой. Выберите другой.",fileDrop:"Отпустите, чтобы отправить. Заказ: xlsx, xls, csv, txt, до 500 строк и 5 МБ",fileFailed:"Файл не отправлен",file:"Файл",units:"КБ|МБ",linkReady:"Ссылка готова: она одноразовая и действует 10 минут.",linkOpen:"Открыть Telegram",linkFailed:"Сейчас перейти в Telegram не получается. Попробуйте позже.",toEnd:"К последнему сообщению",photo:"Фото"},cr={locale:"en-GB",chat:"Chat with the shop",open:"Open the chat",close:"Close the chat",unread:"unread messages: {n}",title:"OptFM",subtitle:"We answer at once",greeting:"Hello! Write the goods and the model for a price. I also know about delivery and payment, and can call a manager.",suggestions:"Дисплей iPhone 11|Доставка и оплата|Где вы находитесь?",log:"Messages",spoken:"New messages",input:"Your message",placeholder:"Goods and model, or a question",send:"Send",attach:"Attach a photo or a file; an order: xlsx, xls, csv, txt, up to 500 lines and 5 MB",manager:"Call a manager",telegram:"Telegram",telegramLong:"Continue in Telegram",soundOn:"Turn sound on",soundOff:"Turn sound off",consent:"Personal data",consentAsked:"Full text of the consent",newTab:"opens in a new tab",typing:"is typing…",slow:"Still looking for the answer, one moment…",connecting:"Connecting…",offline:"You are offline. Write: it is sent once you are back.",refused:"The chat is not switched on for this site.",call:"Or call:",sending:"Sending",sent:"Delivered",failed:"Not sent",tooOften:"Too often. Please wait a little",again:"Try again",today:"Today",yesterday:"Yesterday",you:"You",bot:"Bot",managerName:"Manager",code:"code",copy:"Copy the code {code}",copied:"Code {code} copied",copyFailed:"Could not copy. The code is selected: please copy it yourself.",want:"I want this",wantLong:"I want this: {name}",wantText:"Оставить заявку на {name} (код {code})",sale:"≈ {price} with the discount",colours:"colours: {list}",leaveOut:"Remove",leaveOutLong:"Remove: {name}",leaveOutText:"Убери строку {n}",howMany:"how many?",lineChoose:"to be chosen",lineNone:"not in the list",lineUnread:"not understood",lineNear:"Similar: {list}",tooLong:"Too long: 4,000 characters at most",fileTooBig:"The file is larger than {max}.",fileWrong:"Files of this type are not taken. Photos, video, sound, PDF, Excel and Word are.",fileEmpty:"The file is empty. Please choose another one.",fileDrop:"Drop to send. An order: xlsx, xls, csv, txt, up to 500 lines and 5 MB",fileFailed:"The file was not sent",file:"File",units:"kB|MB",linkReady:"The link is ready: it works once, within 10 minutes.",linkOpen:"Open Telegram",linkFailed:"Telegram cannot be reached now. Please try later.",toEnd:"To the last message",photo:"Photo"},tn={ru:ar,en:cr};function Vt(s){let[e=""]=s.toLowerCase().split("-");return Object.hasOwn(tn,e)?tn[e]:void 0}function w(s,e){return s.replace(/\{(\w+)\}/g,(t,n)=>String(e[n]??""))}var lr=2e3,at=class{constructor(e,t){this.parts=e;this.host=t;this.copied="";this.dropping=!1}say(e,t=e){let{chat:n,composing:i,scrolling:r}=this.parts;i.clear(),r.goToEnd(),n.say(e,t),this.host.tell("message")}send(){let{composing:e,settings:t}=this.parts,n=e.draft.trim();if(n){if(n.length>it){this.complain(t.words.tooLong);return}e.draft="",this.say(n),this.host.focus("textarea")}}choose(e,t){this.say(e,t),this.host.focusInside()}again(e){this.parts.chat.again(e),this.host.focusInside()}want(e){this.say(w(this.parts.settings.words.wantText,{name:e.name,code:e.code}))}leaveOut(e){this.say(w(this.parts.settings.words.leaveOutText,{n:e.n}))}typed(e){this.parts.composing.draft=e,this.host.requestUpdate()}async copy(e,t){let{words:n}=this.parts.settings;if(!await Gs(e,t)){this.complain(n.copyFailed);return}this.parts.announcer.say(w(n.copied,{code:e})),this.mark(e),setTimeout(()=>this.mark(""),lr)}sendFiles(e){let{chat:t,composing:n,scrolling:i,settings:r}=this.parts;n.clear();for(let o of e){let a=js(o);if(a){let c=ot(zt,r.words.units.split("|"));this.complain(w(r.words[a],{max:c}))}else i.goToEnd(),t.sendFile(o)}}async toTelegram(){let{chat:e,composing:t,settings:n}=this.parts;t.link=await e.telegramLink()??"",this.complain(t.link?"":n.words.linkFailed)}drop(e){e!==this.dropping&&(this.dropping=e,this.host.requestUpdate())}toggleSound(){this.parts.sound.toggle(),this.host.requestUpdate()}goToEnd(){this.parts.scrolling.goToEnd(),this.host.requestUpdate(),this.host.focus(".scroll")}complain(e){this.parts.composing.problem=e,this.host.requestUpdate()}mark(e){this.copied=e,this.host.requestUpdate()}};var jt="#ffffff",pr="#14161a";function sn(s,e){if(!e)return;let t=(i,r)=>s.style.setProperty(`--optfm-${i}`,r),n=hr(e);t("accent",e),t("on-accent",n),t("link",`color-mix(in srgb, ${e} ${n===jt?88:40}%, #000)`),t("link-dark",`color-mix(in srgb, ${e} 45%, #fff)`),t("tint",`color-mix(in srgb, ${e} 11%, #fff)`),t("tint-dark",`color-mix(in srgb, ${e} 28%, #1b1e24)`),n!==jt&&(t("overlay","rgb(255 255 255 / 35%)"),t("overlay-strong","rgb(255 255 255 / 55%)"))}function hr(s){let[e,t,n]=[1,3,5].map(r=>{let o=parseInt(s.slice(r,r+2),16)/255;return o<=.04045?o/12.92:((o+.055)/1.055)**2.4});return 1.05/(.2126*e+.7152*t+.0722*n+.05)>=4.5?jt:pr}var ct=class{constructor(){this.lines=[];this.last=0}say(e){this.last+=1,this.lines=[...this.lines,{id:this.last,text:e}].slice(-4)}};var lt=class{constructor(e){this.storage=e;this.problem="";this.link=""}get draft(){return this.storage.get("draft")??""}set draft(e){this.storage.set("draft",e||null),this.problem=""}clear(){this.problem=this.link=""}};var pt=class{constructor(e){this.storage=e}unread(e){let t=Number(this.storage.get("read"))||0;return e.filter(n=>n.from!=="user"&&n.at>t).length}read(e){let t=Math.max(0,...e.filter(n=>n.from!=="user").map(n=>n.at));t&&this.storage.set("read",String(t))}};var ht=class{constructor(){this.follows=!0;this.unseen=0;this.toEnd=!0}goToEnd(){this.toEnd=this.follows=!0,this.unseen=0}came(){this.follows||(this.unseen+=1)}settle(e){!this.toEnd&&!this.follows||(e.scrollTop=this.toEnd?e.scrollHeight:Math.max(e.scrollTop,dr(e)),this.toEnd=!1)}moved(e){let t=this.follows;return this.follows=e.scrollHeight-e.scrollTop-e.clientHeight<80,this.follows&&(this.unseen=0),this.follows!==t}};function dr(s){let e=[...s.querySelectorAll(".message")],t=r=>r?Math.max(r.offsetTop-s.offsetTop-10,0):1/0,n=t(e.filter(r=>r.matches(".user")).pop()),i=s.scrollTop>=n-1;return Math.min(s.scrollHeight-s.clientHeight,i?t(e.pop()):n)}var nn=["title","subtitle","greeting","suggestions","placeholder","manager"],Kt={server:/^https?:\/\/[^/\s]/,theme:/^(auto|light|dark)$/,position:/^(right|left)$/,color:/^#([0-9a-f]{3}|[0-9a-f]{6})$/i,avatar:/^(https?:\/\/|\/|data:image\/)/,consent:/^(https?:\/\/|\/)/,phone:/^[+\d][\d ()-]{4,}$/,telegram:/^(on|off)?$/,files:/^(on|off)?$/,open:/^(on|off|true|false)?$/,lang:/^/},ur=["skipMoving","cfasync","cfBeacon"];function rn(s,e,t=()=>{}){let n={};for(let[r,o]of Object.entries(s)){let a=Object.hasOwn(Kt,r)?Kt[r]:void 0;a?.test(o??"")?n[r]=o:a&&t(`${on(r)}="${o}": такого значения нет, взято обычное`)}let i=(n.server||e).replace(/\/+$/,"");return{server:i,words:fr(s,t),theme:n.theme??"auto",position:n.position??"right",color:(n.color??"").replace(/^#(.)(.)(.)$/,"#$1$1$2$2$3$3"),avatar:n.avatar??"",consent:n.consent||`${i}/consent`,phone:n.phone??"",telegram:n.telegram!=="off",files:n.files!=="off",open:n.open!==void 0&&!/^(off|false)$/.test(n.open)}}function fr(s,e){let t=s.lang||"ru",n=Vt(t),i={...n??Vt("ru")};n||(i.locale=/^[a-z]{2,3}(-[a-z]{2})?$/i.test(t)?t:i.locale);let r=0;for(let[o,a=""]of Object.entries(s)){let c=mr(o);c!==null&&Object.hasOwn(i,c)?(i[c]=a,r+=1):!Object.hasOwn(Kt,o)&&!ur.includes(o)&&e(`${on(o)}: такого атрибута нет`)}return!n&&r<=nn.length&&e(`data-lang="${t}": такого языка нет, слова — русские; свои задаются через data-word-…`),i}function mr(s){if(nn.some(n=>n===s))return s;let[,e,t]=/^word([A-Z])(.*)$/.exec(s)??[];return e?e.toLowerCase()+t:null}function on(s){return`data-${s.replace(/[A-Z]/g,e=>`-${e.toLowerCase()}`)}`}var dt=class{constructor(e){this.storage=e}get on(){return this.storage.get("sound")==="on"}toggle(){this.storage.set("sound",this.on?null:"on"),this.chime()}chime(){if(!(!this.on||navigator.userActivation?.hasBeenActive===!1))try{this.audio??=new AudioContext,this.audio.state==="suspended"&&this.audio.resume().catch(()=>{}),gr(this.audio)}catch{}}};function gr(s){for(let[e,t]of[[0,660],[.11,880]]){let n=s.currentTime+e,i=s.createOscillator(),r=s.createGain();i.frequency.value=t,r.gain.setValueAtTime(.07,n),r.gain.exponentialRampToValueAtTime(1e-4,n+.22),i.connect(r).connect(s.destination),i.start(n),i.stop(n+.24)}}var Ce=new Map,Pe=class{constructor(e,t="localStorage"){this.place=t;this.prefix=`optfm ${e} `}get(e){let t=this.prefix+e;try{return window[this.place].getItem(t)??Ce.get(t)??null}catch{return Ce.get(t)??null}}set(e,t){let n=this.prefix+e;Ce.delete(n);try{t===null?window[this.place].removeItem(n):window[this.place].setItem(n,t)}catch{t!==null&&Ce.set(n,t)}}all(e){let t=this.prefix+e,n=new Set(Ce.keys());try{for(let i of Object.keys(window[this.place]))n.add(i)}catch{}return[...n].filter(i=>i.startsWith(t)).map(i=>this.get(i.slice(this.prefix.length))??"")}onChange(e,t){let n=i=>{i.key?.startsWith(this.prefix)&&e(i.key.slice(this.prefix.length),i.newValue)};window.addEventListener("storage",n,{signal:t})}};function an(s,e,t){let n=rn(s,e,r=>console.warn(`OptFM: ${r}`)),i=new Pe(n.server);return{settings:n,storage:i,chat:new nt(n.server,i,t),sound:new dt(i),reading:new pt(i),composing:new lt(new Pe(n.server,"sessionStorage")),scrolling:new ht,announcer:new ct}}var cn=matchMedia("(max-width: 480px), (max-height: 480px)"),ut=class{constructor(e){this.panel=e}get small(){return cn.matches}follow(e,t){cn.addEventListener("change",e,{signal:t}),visualViewport?.addEventListener("resize",()=>this.fit(),{signal:t})}show(){let e=this.panel();e.open&&e.close(),this.small?e.showModal():e.setAttribute("open","")}hide(){this.panel().close()}fit(){let e=visualViewport?.height;e&&this.panel().style.setProperty("--visible-height",`${Math.round(e)}px`)}};var ln=Be(`
  color-scheme: dark;
  --surface: #1b1e24;
  --ground: #121419;
  --theirs: #262a32;
  --line: #363c47;
  --text: #eef0f4;
  --muted: #a6aebb;
  --link: var(--optfm-link-dark, #9dbcff);
  --tint: var(--optfm-tint-dark, #24304b);
  --good: #6fd6a0;
  --bad: #ff9a94;
  --sale: #ffb4ae;
  --sale-ground: #47201f;
  --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 18px 50px rgb(0 0 0 / 55%);
`),pn=_`
  /* The page's rules reach the element itself, so it has no box: all that is seen is in the section.
     A page whose rules give it one still neither moves nor hides what is in it. */
  :host {
    display: contents;
    position: static !important;
    float: none !important;
    opacity: 1 !important;
    transform: none !important;
    filter: none !important;
    contain: none !important;
  }
  section {
    all: initial;
    direction: ltr;
    unicode-bidi: isolate;
    color-scheme: light;
    --accent: var(--optfm-accent, #2456d6);
    --on-accent: var(--optfm-on-accent, #fff);
    --surface: #fff;
    --ground: #f4f5f8;
    --theirs: #fff;
    --line: #dfe2e8;
    --text: #16181d;
    --muted: #5b6370;
    --link: var(--optfm-link, #1d4bc4);
    --tint: var(--optfm-tint, #e9effd);
    --good: #14734a;
    --bad: #b3261e;
    --sale: #a3221b;
    --sale-ground: #fdeceb;
    --shadow: 0 1px 2px rgb(16 24 40 / 8%), 0 18px 50px rgb(16 24 40 / 22%);
    --radius: var(--optfm-radius, 20px);
    --gap: var(--optfm-gap, 20px);
    position: fixed;
    z-index: var(--optfm-z-index, 2147483000);
    inset: auto var(--gap) calc(var(--gap) + env(safe-area-inset-bottom)) auto;
    font: 400 15px/1.42 var(--optfm-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif);
    color: var(--text);
    text-align: left;
    -webkit-text-size-adjust: 100%;
  }
  section.left {
    inset: auto auto calc(var(--gap) + env(safe-area-inset-bottom)) var(--gap);
  }
  @media (prefers-color-scheme: dark) {
    section.auto {
      ${ln}
    }
  }
  section.dark {
    ${ln}
  }
  @media print {
    section {
      display: none;
    }
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  p,
  h2,
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  button,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    border: 0;
    background: none;
    padding: 0;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  a {
    color: var(--link);
    text-underline-offset: 2px;
  }
  .icon {
    width: 20px;
    height: 20px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
    flex: none;
    display: block;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 2px solid var(--link);
    outline-offset: 2px;
  }
`;var hn=_`
  .cards {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    width: 100%;
  }
  .card {
    padding: 11px 12px 11px 14px;
    border-radius: 14px;
    background: var(--theirs);
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--line) 75%, transparent), 0 1px 3px rgb(16 24 40 / 6%);
  }
  .card-name {
    font-size: 14px;
    font-weight: 500;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }
  .card-price {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    margin-top: 5px;
  }
  .card-price strong {
    font-size: 17px;
    font-weight: 700;
    line-height: 1.3;
    letter-spacing: -0.01em;
    font-variant-numeric: tabular-nums lining-nums;
  }
  .card-note {
    font-size: 12.5px;
    line-height: 1.4;
    color: var(--muted);
  }
  .card-note.final {
    color: var(--sale);
    font-weight: 550;
  }
  .badge {
    padding: 2px 8px;
    border-radius: 7px;
    background: var(--tint);
    color: var(--link);
    font-size: 12px;
    font-weight: 600;
    line-height: 1.4;
  }
  .badge.sale {
    background: var(--sale-ground);
    color: var(--sale);
  }
  .line-number {
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .line.none .card-name,
  .line.unread .card-name {
    color: var(--muted);
  }
  .gone .card-name,
  .gone .card-price strong {
    color: var(--muted);
  }
  .gone .badge {
    background: color-mix(in srgb, var(--muted) 14%, transparent);
    color: var(--muted);
  }
  .card-foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px;
    margin-top: 7px;
  }
  .code {
    font-size: 12.5px;
    color: var(--muted);
    white-space: nowrap;
  }
  .code b {
    font-weight: 550;
    font-variant-numeric: tabular-nums;
  }
  .want {
    margin-left: auto;
    min-height: 32px;
    padding: 4px 14px;
    border-radius: 16px;
    background: var(--tint);
    color: var(--link);
    font-size: 13.5px;
    font-weight: 600;
    white-space: nowrap;
    transition: background 0.15s, color 0.15s;
  }
  .want:hover {
    background: var(--accent);
    color: var(--on-accent);
  }
`;var dn=_`
  footer {
    padding: 10px 12px calc(8px + var(--safe-bottom, 0px));
    background: var(--surface);
    border-top: 1px solid color-mix(in srgb, var(--line) 75%, transparent);
  }
  form {
    display: flex;
    align-items: flex-end;
    gap: 4px;
    padding: 3px;
    border-radius: 22px;
    background: var(--ground);
    box-shadow: inset 0 0 0 1px var(--line);
  }
  form:focus-within {
    box-shadow: inset 0 0 0 2px var(--link);
  }
  textarea {
    flex: 1;
    min-width: 0;
    height: 36px;
    max-height: 120px;
    padding: 7px 4px;
    border: 0;
    outline: 0;
    resize: none;
    background: none;
    line-height: 22px;
    font-size: 15px;
    scrollbar-width: thin;
  }
  textarea:first-child {
    padding-left: 14px;
  }
  textarea:placeholder-shown {
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  textarea::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  form .send {
    background: var(--accent);
    color: var(--on-accent);
    transition: opacity 0.15s, transform 0.15s;
  }
  form .send[aria-disabled="true"] {
    background: color-mix(in srgb, var(--muted) 22%, var(--ground));
    color: var(--muted);
    cursor: default;
  }
  .legal {
    display: flex;
    justify-content: center;
    margin-top: 4px;
    font-size: 11.5px;
    line-height: 24px;
  }
  .legal a {
    color: var(--muted);
    padding: 0 8px;
  }
  .problem {
    margin-bottom: 7px;
    padding: 0 8px;
    font-size: 13px;
    color: var(--bad);
  }
  .problem.notice {
    color: inherit;
  }
`;var un=_`
  .launcher {
    position: relative;
    display: grid;
    place-items: center;
    width: 60px;
    height: 60px;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
    box-shadow: 0 2px 6px rgb(16 24 40 / 18%), 0 10px 28px rgb(16 24 40 / 26%);
    transition: transform 0.18s ease, box-shadow 0.18s ease;
  }
  .launcher:hover {
    transform: translateY(-2px);
  }
  .launcher:active {
    transform: scale(0.96);
  }
  .launcher .icon {
    width: 28px;
    height: 28px;
  }
  .launcher:focus-visible {
    outline: 3px solid var(--link);
    outline-offset: 3px;
  }
  .unread {
    position: absolute;
    top: -3px;
    right: -3px;
    min-width: 22px;
    height: 22px;
    padding: 0 6px;
    border-radius: 11px;
    border: 2px solid #fff;
    background: #c9251c;
    color: #fff;
    font-size: 12px;
    font-weight: 700;
    line-height: 18px;
    text-align: center;
  }
`;var fn=_`
  @media (max-width: 480px), (max-height: 480px) {
    section {
      --gap: var(--optfm-gap, 16px);
    }
    dialog,
    .left dialog {
      position: fixed;
      inset: 0 0 auto;
      width: 100%;
      height: var(--visible-height, 100dvh);
      border: 0;
      border-radius: 0;
      --safe-top: env(safe-area-inset-top);
      --safe-bottom: env(safe-area-inset-bottom);
      transform-origin: bottom;
    }
    textarea {
      font-size: 16px; /* less, and iOS zooms into the page */
    }
    .round:not(.small) {
      width: 40px;
      height: 40px;
    }
    textarea {
      height: 40px;
      padding-block: 9px;
    }
    .round.small {
      width: 32px;
      height: 32px;
    }
    .pill,
    .want,
    .choice {
      min-height: 36px;
      border-radius: 18px;
    }
  }
  @media (max-width: 360px) {
    .side {
      display: none;
    }
    .column {
      max-width: 100%;
    }
  }
  /* A page enlarged to 400 %: the panel itself scrolls, and the messages keep some room. */
  @media (max-height: 360px) {
    dialog[open] {
      grid-template-rows: auto minmax(150px, 1fr) auto;
      overflow: hidden auto;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .bubble,
    .card,
    .choice,
    .want,
    .pill,
    .badge,
    .typing,
    .below,
    .launcher,
    .drop,
    .avatar,
    form {
      border: 1px solid;
    }
    .typing i {
      background: CanvasText;
    }
    .send[aria-disabled="true"],
    .gone {
      color: GrayText;
    }
    :focus-visible,
    .launcher:focus-visible,
    form:focus-within {
      outline: 3px solid Highlight;
    }
  }
`;var mn=_`
  .middle {
    position: relative;
    min-height: 0;
    display: grid;
    grid-template: auto 1fr / minmax(0, 1fr);
  }
  .banner {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 8px 16px;
    background: #fff3d6;
    color: #5a3d00;
    font-size: 13px;
    line-height: 1.35;
  }
  .banner .icon {
    width: 17px;
    height: 17px;
  }
  .banner a {
    color: inherit;
    font-weight: 600;
  }
  .drop {
    position: absolute;
    inset: 8px;
    z-index: 1;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 10px;
    border-radius: calc(var(--radius) - 8px);
    border: 2px dashed var(--link);
    background: color-mix(in srgb, var(--surface) 92%, transparent);
    color: var(--link);
    font-weight: 600;
    pointer-events: none;
  }
  .scroll {
    grid-row: 2;
    min-height: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    padding: 14px 14px 10px;
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
  }
  textarea:focus-visible {
    outline: none; /* the form around it shows the focus */
  }
  .scroll:focus-visible {
    outline-offset: -3px;
  }
  .day {
    margin: 10px 0 12px;
    text-align: center;
    font-size: 12px;
    line-height: 1.3;
    color: var(--muted);
  }
  .message {
    display: flex;
    gap: 8px;
    margin-top: 4px;
  }
  .message.first {
    margin-top: 12px;
  }
  .message.user {
    justify-content: flex-end;
  }
  .side {
    width: 28px;
    flex: none;
    display: flex;
    align-items: flex-start;
    padding-top: 5px;
  }
  .side .avatar {
    width: 28px;
    height: 28px;
    font-size: 13px;
    background: var(--accent);
    color: var(--on-accent);
  }
  .manager .side .avatar {
    background: var(--tint);
    color: var(--link);
    box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--link) 40%, transparent);
  }
  .column {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 6px;
    min-width: 0;
    max-width: calc(100% - 36px);
  }
  .user .column {
    align-items: flex-end;
    max-width: 84%;
  }
  .author {
    font-size: 12.5px;
    font-weight: 600;
    color: var(--muted);
    margin-left: 4px;
  }
  .bubble {
    max-width: 100%;
    padding: 9px 13px 10px;
    border-radius: 17px 17px 17px 6px;
    background: var(--theirs);
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--line) 75%, transparent);
    white-space: pre-line;
    overflow-wrap: anywhere;
    font-variant-numeric: lining-nums;
  }
  .message:not(.first) .bubble {
    border-top-left-radius: 6px;
  }
  .user .bubble {
    border-radius: 17px 17px 6px 17px;
    background: var(--accent);
    color: var(--on-accent);
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--on-accent) 14%, transparent);
  }
  .user:not(.first) .bubble {
    border-radius: 17px 6px 6px 17px;
  }
  .user .bubble a {
    color: inherit;
  }
  .manager .bubble {
    background: var(--tint);
    box-shadow: none;
  }
  .file {
    display: flex;
    align-items: center;
    gap: 10px;
    text-decoration: none;
    color: inherit;
  }
  .file b {
    display: block;
    font-weight: 550;
  }
  .file small {
    font-size: 12px;
  }
  progress {
    width: 84px;
    height: 4px;
    border: 0;
    border-radius: 2px;
    overflow: hidden;
    appearance: none;
    background: var(--line);
  }
  progress::-webkit-progress-bar {
    background: var(--line);
  }
  progress::-webkit-progress-value {
    background: var(--link);
  }
  progress::-moz-progress-bar {
    background: var(--link);
  }
  .whole {
    display: block;
    max-width: 100%;
    border-radius: 14px;
  }
  .picture {
    min-height: 24px;
    background: var(--theirs);
    max-width: 100%;
    max-height: 240px;
    border-radius: 14px;
    display: block;
  }
  .after {
    padding: 0 4px;
    font-size: 12.5px;
    line-height: 1.4;
    color: var(--muted);
    white-space: pre-line;
  }
  .document {
    font-size: 13.5px;
    padding: 3px 4px;
  }
  .foot {
    display: flex;
    align-items: center;
    gap: 4px;
    min-height: 16px;
    padding: 0 4px;
    font-size: 11.5px;
    line-height: 16px;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .foot .icon {
    width: 14px;
    height: 14px;
  }
  .foot.failed {
    color: var(--bad);
    font-size: 12.5px;
    flex-wrap: wrap;
    justify-content: flex-end;
  }
  .again {
    min-height: 24px;
    padding: 0 6px;
    border-radius: 6px;
    color: var(--link);
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 2px;
  }

  a[href^="tel:"] {
    white-space: nowrap;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 7px;
    padding: 2px 0;
  }
  .choice {
    min-height: 34px;
    padding: 6px 14px;
    border-radius: 17px;
    background: var(--surface);
    box-shadow: inset 0 0 0 1.5px color-mix(in srgb, var(--link) 45%, var(--surface));
    color: var(--link);
    font-size: 14px;
    font-weight: 550;
    line-height: 1.3;
    text-align: left;
    transition: background 0.15s;
  }
  .choice:hover {
    background: var(--tint);
  }

  .typing {
    display: inline-flex;
    gap: 4px;
    margin: 12px 0 4px 36px;
    padding: 12px 14px;
    border-radius: 17px 17px 17px 6px;
    background: var(--theirs);
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--line) 75%, transparent);
  }
  .typing span {
    margin-left: 4px;
    font-size: 13px;
    line-height: 1;
    color: var(--muted);
  }
  .typing i {
    align-self: center;
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--muted);
    animation: dot 1.2s infinite ease-in-out;
  }
  .typing i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .typing i:nth-child(3) {
    animation-delay: 0.3s;
  }
  .below {
    position: absolute;
    right: 12px;
    bottom: 10px;
    background: var(--surface);
    color: var(--text);
    box-shadow: 0 0 0 1px var(--line), 0 4px 14px rgb(16 24 40 / 16%);
  }
  .below .unread {
    top: -8px;
    right: -4px;
  }
  .below:hover {
    background: var(--tint);
  }

  @keyframes dot {
    0%,
    60%,
    100% {
      opacity: 0.35;
      transform: none;
    }
    30% {
      opacity: 1;
      transform: translateY(-3px);
    }
  }
`;var gn=_`
  dialog {
    position: absolute;
    inset: auto 0 76px auto;
    width: min(380px, calc(100vw - 2 * var(--gap)));
    height: min(680px, calc(100vh - 76px - 2 * var(--gap)));
    margin: 0;
    padding: 0;
    border: 1px solid color-mix(in srgb, var(--line) 70%, transparent);
    border-radius: var(--radius);
    background: var(--ground);
    color: inherit;
    box-shadow: var(--shadow);
    overflow: hidden;
    max-width: none;
    max-height: none;
    transform-origin: bottom right;
    animation: appear 0.2s cubic-bezier(0.2, 0.8, 0.3, 1);
  }
  .left dialog {
    inset: auto auto 76px 0;
    transform-origin: bottom left;
  }
  dialog[open] {
    display: grid;
    grid-template: auto 1fr auto / minmax(0, 1fr);
  }
  dialog::backdrop {
    background: none;
  }
  dialog:focus {
    outline: none;
  }

  header {
    background: var(--accent);
    color: var(--on-accent);
    padding: calc(14px + var(--safe-top, 0px)) 12px 12px 16px;
  }
  .who {
    display: flex;
    align-items: center;
    gap: 11px;
  }
  .titles {
    flex: 1;
    min-width: 0;
  }
  h2 {
    font-size: 16.5px;
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.01em;
  }
  .subtitle {
    font-size: 13px;
    line-height: 1.35;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .avatar {
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    flex: none;
    border-radius: 50%;
    background: var(--on-accent);
    color: var(--accent);
    font-size: 18px;
    font-weight: 750;
    overflow: hidden;
  }
  .avatar img {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  header .round {
    color: inherit;
  }
  header .round:hover,
  header .pill {
    background: var(--optfm-overlay, rgb(0 0 0 / 20%));
  }
  header :focus-visible {
    outline-color: currentcolor;
  }
  .pills {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-top: 12px;
    padding-right: 4px;
  }
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    min-height: 32px;
    padding: 5px 13px 5px 10px;
    border-radius: 16px;
    font-size: 13.5px;
    font-weight: 550;
    line-height: 1.3;
    transition: background 0.15s;
  }
  .pill .icon {
    width: 17px;
    height: 17px;
  }
  .pill:hover {
    background: var(--optfm-overlay-strong, rgb(0 0 0 / 34%));
  }
  .pill:disabled {
    cursor: default;
    background: none;
    box-shadow: inset 0 0 0 1px currentcolor;
  }
  .round {
    display: grid;
    place-items: center;
    width: 36px;
    height: 36px;
    flex: none;
    border-radius: 50%;
    color: var(--muted);
    transition: background 0.15s;
  }
  .round:hover {
    background: color-mix(in srgb, var(--muted) 14%, transparent);
  }
  .round.small {
    width: 28px;
    height: 28px;
  }
  .round.small .icon {
    width: 16px;
    height: 16px;
  }

  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(10px) scale(0.97);
    }
  }
`;var yn=[pn,un,gn,mn,hn,dn,fn];var N={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},ft=s=>(...e)=>({_$litDirective$:s,values:e}),oe=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}};var{I:yr}=ds,bn=s=>s;var xn=s=>s.strings===void 0,vn=()=>document.createComment(""),ae=(s,e,t)=>{let n=s._$AA.parentNode,i=e===void 0?s._$AB:e._$AA;if(t===void 0){let r=n.insertBefore(vn(),i),o=n.insertBefore(vn(),i);t=new yr(r,o,s,s.options)}else{let r=t._$AB.nextSibling,o=t._$AM,a=o!==s;if(a){let c;t._$AQ?.(s),t._$AM=s,t._$AP!==void 0&&(c=s._$AU)!==o._$AU&&t._$AP(c)}if(r!==i||a){let c=t._$AA;for(;c!==r;){let d=bn(c).nextSibling;bn(n).insertBefore(c,i),c=d}}}return t},H=(s,e,t=s)=>(s._$AI(e,t),s),br={},mt=(s,e=br)=>s._$AH=e,wn=s=>s._$AH,gt=s=>{s._$AR(),s._$AA.remove()};var _n=(s,e,t)=>{let n=new Map;for(let i=e;i<=t;i++)n.set(s[i],i);return n},X=ft(class extends oe{constructor(s){if(super(s),s.type!==N.CHILD)throw Error("repeat() can only be used in text expressions")}dt(s,e,t){let n;t===void 0?t=e:e!==void 0&&(n=e);let i=[],r=[],o=0;for(let a of s)i[o]=n?n(a,o):o,r[o]=t(a,o),o++;return{values:r,keys:i}}render(s,e,t){return this.dt(s,e,t).values}update(s,[e,t,n]){let i=wn(s),{values:r,keys:o}=this.dt(e,t,n);if(!Array.isArray(i))return this.ut=o,r;let a=this.ut??=[],c=[],d,u,p=0,m=i.length-1,g=0,x=r.length-1;for(;p<=m&&g<=x;)if(i[p]===null)p++;else if(i[m]===null)m--;else if(a[p]===o[g])c[g]=H(i[p],r[g]),p++,g++;else if(a[m]===o[x])c[x]=H(i[m],r[x]),m--,x--;else if(a[p]===o[x])c[x]=H(i[p],r[x]),ae(s,c[x+1],i[p]),p++,x--;else if(a[m]===o[g])c[g]=H(i[m],r[g]),ae(s,i[p],i[m]),m--,g++;else if(d===void 0&&(d=_n(o,g,x),u=_n(a,p,m)),d.has(a[p]))if(d.has(a[m])){let S=u.get(o[g]),le=S!==void 0?i[S]:null;if(le===null){let Le=ae(s,i[p]);H(Le,r[g]),c[g]=Le}else c[g]=H(le,r[g]),ae(s,i[p],le),i[S]=null;g++}else gt(i[m]),m--;else gt(i[p]),p++;for(;g<=x;){let S=ae(s,c[x+1]);H(S,r[g]),c[g++]=S}for(;p<=m;){let S=i[p++];S!==null&&gt(S)}return this.ut=o,mt(s,c),E}});var T=s=>l`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${s}</svg>`,$n=T($`<path d="M20.5 11.6c0 4.4-3.9 7.9-8.6 7.9-1.2 0-2.4-.2-3.4-.7L4 20l1.1-3.8a7.5 7.5 0 0 1-1.8-4.6c0-4.3 3.9-7.8 8.6-7.8s8.6 3.5 8.6 7.8Z"/><path d="M8.3 11.7h.01M12 11.7h.01M15.7 11.7h.01"/>`),kn=T($`<path d="M6 6l12 12M18 6L6 18"/>`),yt=T($`<path d="M6 9.5l6 6 6-6"/>`),En=T($`<path d="M12 19V5.5M6 11l6-6 6 6"/>`),bt=T($`<path d="M19.5 11.5l-7.6 7.6a4.7 4.7 0 0 1-6.7-6.6l7.9-7.9a3.1 3.1 0 0 1 4.4 4.4l-7.7 7.7a1.6 1.6 0 0 1-2.2-2.2l6.9-6.9"/>`),Tn=T($`<circle cx="12" cy="8" r="3.6"/><path d="M4.8 19.5c.9-3.4 3.7-5.2 7.2-5.2s6.3 1.8 7.2 5.2"/>`),An=T($`<path d="M20.5 4.2L3.5 11l5.6 2.1m11.4-8.9L17 19.5l-7.9-6.4m11.4-8.9L9.1 13.1m0 0v5.7l3-3.2"/>`),Sn=T($`<rect x="8.5" y="8.5" width="11" height="11" rx="2.2"/><path d="M15.5 8.5V6.7a2.2 2.2 0 0 0-2.2-2.2H6.7a2.2 2.2 0 0 0-2.2 2.2v6.6a2.2 2.2 0 0 0 2.2 2.2h1.8"/>`),vt=T($`<path d="M5 12.5l4.5 4.5L19 7.5"/>`),On=T($`<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>`),xt=T($`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.8v5M12 16.2h.01"/>`),Rn=T($`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11"/>`),Cn=T($`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM16 9.7l4.6 4.6M20.6 9.7L16 14.3"/>`),Pn=T($`<path d="M13.5 3.5H7.2A2.2 2.2 0 0 0 5 5.7v12.6a2.2 2.2 0 0 0 2.2 2.2h9.6a2.2 2.2 0 0 0 2.2-2.2V9l-5.5-5.5Z"/><path d="M13.5 3.5V9H19"/>`);function Ln(s,e,t){let n=s.finalPrice<s.price,i=s.colours.length>1?s.colours.join(", "):"",r=/нет в наличии|под заказ|ожида/i.test(s.status);return l`<li class="card ${r?"gone":""}" part="card">
    <p class="card-name">${s.name}</p>
    ${i?l`<p class="card-note">${w(e.colours,{list:i})}</p>`:h}
    <p class="card-price">
      <strong>${I(s.price)}</strong>
      ${s.status?l`<span class="badge ${n?"sale":""}">${s.status}</span>`:h}
    </p>
    ${n?l`<p class="card-note final">${w(e.sale,{price:I(s.finalPrice)})}</p>`:h}
    <div class="card-foot">
      <span class="code">${e.code} <b>${s.code}</b></span>
      <button
        class="round small"
        type="button"
        aria-label=${w(e.copy,{code:s.code})}
        title=${w(e.copy,{code:s.code})}
        @click=${o=>t.copy(s.code,o.currentTarget.previousElementSibling?.firstElementChild??null)}
      >
        ${t.copied===s.code?vt:Sn}
      </button>
      <button
        class="want"
        part="button want"
        type="button"
        aria-label=${w(e.wantLong,{name:s.name})}
        @click=${()=>t.want(s)}
      >
        ${e.want}
      </button>
    </div>
  </li>`}function Mn(s,e,t){let n=s.sound?e.soundOff:e.soundOn;return l`<header part="header">
    <div class="who">
      ${s.avatar}
      <div class="titles">
        <h2 id="title">${e.title}</h2>
        <p class="subtitle">${s.subtitle}</p>
      </div>
      <button
        class="round"
        type="button"
        aria-label=${n}
        title=${n}
        @click=${()=>t.sound()}
      >
        ${s.sound?Rn:Cn}
      </button>
      <button
        class="round"
        type="button"
        aria-label=${e.close}
        title=${e.close}
        @click=${()=>t.close()}
      >
        ${kn}
      </button>
    </div>
    <div class="pills">
      <button class="pill manager" part="button manager" type="button" @click=${()=>t.manager()}>
        ${Tn}${e.manager}
      </button>
      ${s.telegram?l`<button
              class="pill telegram"
              part="button"
              type="button"
              aria-label=${e.telegramLong}
              @click=${()=>t.telegram()}
            >
              ${An}${e.telegram}
            </button>`:h}
    </div>
  </header>`}function wt(s,e){return l`<span class="avatar" part="avatar" aria-hidden="true"
    >${s?l`<img src=${s} alt="" />`:[...e][0]??""}</span
  >`}var vr=2;function Nn(s,e,t,n){return l`<li class="card line ${s.state}" part="card">
    <p class="card-name"><span class="line-number">${s.n}.</span> ${s.name||s.said}</p>
    ${s.state==="sure"?wr(s,t):l`<p class="card-price"><span class="badge">${_r(s,t)}</span></p>`}
    ${s.note&&s.state!=="none"?l`<p class="card-note">${s.note}</p>`:h}
    ${s.state==="none"&&s.options.length?l`<p class="card-note">${xr(s,t)}</p>`:h}
    <div class="card-foot">
      ${s.code?l`<span class="code">${t.code} <b>${s.code}</b></span>`:l`<span class="code">${s.said}</span>`}
      ${e?l`<button
              class="want"
              part="button"
              type="button"
              aria-label=${w(t.leaveOutLong,{name:s.name||s.said})}
              @click=${()=>n.leaveOut(s)}
            >
              ${t.leaveOut}
            </button>`:h}
    </div>
  </li>`}function xr(s,e){let t=s.options.slice(0,vr).map(n=>`${n.name} (${I(n.price)})`);return w(e.lineNear,{list:t.join("; ")})}function wr(s,e){return l`<p class="card-price">
    <strong>${s.sum===void 0?e.howMany:I(s.sum)}</strong>
    <span class="card-note">${s.quantity===void 0?I(s.price):`${s.quantity} × ${I(s.price)}`}</span>
  </p>`}function _r(s,e){let t=s.quantity===void 0?"":`, ${s.quantity}`;return{choose:e.lineChoose,none:e.lineNone,unread:e.lineUnread,sure:""}[s.state]+t}function Bn(s,e,t,n){let[i,r,o]=en(s.text,s.order),[a,c]=Zs(i,s.rows),d=[c,r].filter(Boolean).join(`

`),u=`message ${s.from} ${e.first?"first":""} ${e.last?"last":""}`;return l`<div class=${u} data-id=${s.id}>
    ${s.from==="user"?h:l`<div class="side">${e.first?$r(s,n):h}</div>`}
    <div class="column">
      ${kr(s,e,t)} ${Er(a)} ${Tr(s,t,n)} ${Ar(s,t)}
      ${s.rows.length?l`<ul class="cards">
              ${X(s.rows,(p,m)=>`${m} ${p.code}`,p=>Ln(p,t,n))}
            </ul>`:h}
      ${o.length?l`<ul class="cards">
              ${X(o,p=>p.n,p=>Nn(p,e.open,t,n))}
            </ul>`:h}
      ${d?l`<p class="after">${Un(d)}</p>`:h}
      ${s.consent&&!s.text.includes("/consent")?l`<a class="document" href=${n.consent} target="_blank" rel="noopener"
              >${t.consentAsked}<span class="hidden"> (${t.newTab})</span></a
            >`:h}
      ${e.open&&s.buttons.length?Sr(s,n):h}
      ${e.last||s.state==="failed"||s.state==="sending"?Or(s,t,n):h}
    </div>
  </div>`}function $r(s,e){return s.from==="manager"&&s.name?wt("",s.name):e.avatar}function kr(s,e,t){let n=s.from==="user"?t.you:s.from==="bot"?t.bot:s.name??t.managerName;return s.from==="manager"&&e.first?l`<p class="author">${n}</p>`:l`<span class="hidden">${n}: </span>`}function Er(s){return s?l`<p class="bubble" part="bubble">${Un(s)}</p>`:h}function Un(s){return rt(s).map(e=>typeof e=="string"?e:l`<a href=${e.href} target="_blank" rel="noopener noreferrer">${e.text}</a>`)}function Tr(s,e,t){let{image:n}=s;return n?l`<a class="whole" href=${n} target="_blank" rel="noopener noreferrer"
    ><img class="picture" src=${n} alt=${s.file?.name??e.photo} @load=${t.grown}
  /></a>`:h}function Ar(s,e){let{file:t}=s;if(!t||s.image)return h;let n=t.size?ot(t.size,e.units.split("|")):"",i=l`${Pn}<span><b>${t.name}</b>${n?l`<small>${n}</small>`:h}</span>`;return t.url?l`<a class="bubble file" href=${t.url} target="_blank" rel="noopener noreferrer">${i}</a>`:l`<p class="bubble file">${i}</p>`}function Sr(s,e){return l`<div class="buttons">
    ${s.buttons.map(t=>l`<button
          class="choice"
          part="button"
          type="button"
          @click=${()=>e.press(t.payload,t.title)}
        >
          ${t.title}
        </button>`)}
  </div>`}function Or(s,e,t){let n=new Date(s.at),i=l`<time datetime=${n.toISOString()}
    >${n.toLocaleTimeString(e.locale,{hour:"2-digit",minute:"2-digit"})}</time
  >`;if(s.state==="failed")return l`<p class="foot failed">
      ${xt}<span>${Yt(s,e)}</span>
      ${s.final?h:l`<button class="again" type="button" @click=${()=>t.again(s)}>${e.again}</button>`}
    </p>`;let r=s.state==="sending"?l`<span class="state" title=${e.sending}>${On}<span class="hidden">${e.sending}</span></span>`:s.state==="sent"?l`<span class="state" title=${e.sent}>${vt}<span class="hidden">${e.sent}</span></span>`:h;return l`<p class="foot">${s.progress===void 0?h:Rr(s.progress,e)}${i}${r}</p>`}function Rr(s,e){return l`<progress max="100" value=${Math.round(s*100)} aria-label=${e.sending}></progress>`}function Yt({error:s,file:e},t){return s==="too_often"?t.tooOften:s&&/\s/.test(s)?s:e?t.fileFailed:t.failed}var Dn=ft(class extends oe{constructor(s){if(super(s),s.type!==N.PROPERTY&&s.type!==N.ATTRIBUTE&&s.type!==N.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!xn(s))throw Error("`live` bindings can only contain a single expression")}render(s){return s}update(s,[e]){if(e===E||e===h)return e;let t=s.element,n=s.name;if(s.type===N.PROPERTY){if(e===t[n])return E}else if(s.type===N.BOOLEAN_ATTRIBUTE){if(!!e===t.hasAttribute(n))return E}else if(s.type===N.ATTRIBUTE&&t.getAttribute(n)===e+"")return E;return mt(s),e}});var Cr=20*it;function qn(s,e,t){return l`<footer part="composer">
    <div role="status">
      ${s.problem?l`<p class="problem">${s.problem}</p>`:h}
      ${s.link?l`<p class="problem notice">
              ${e.linkReady}
              <a href=${s.link} target="_blank" rel="noopener">${e.linkOpen}</a>
            </p>`:h}
    </div>
    <form
      @submit=${n=>{n.preventDefault(),t.send()}}
    >
      ${s.files?Pr(e,t):h}
      <textarea
        part="input"
        rows="1"
        maxlength=${Cr}
        enterkeyhint="send"
        autocomplete="off"
        aria-label=${e.input}
        placeholder=${e.placeholder}
        .value=${Dn(s.draft)}
        @input=${n=>t.typed(n.target.value)}
        @keydown=${n=>{n.key!=="Enter"||n.shiftKey||n.isComposing||(n.preventDefault(),t.send())}}
        @paste=${n=>{let i=n.clipboardData?.files;!i?.length||!s.files||(n.preventDefault(),t.files(i))}}
      ></textarea>
      <button
        class="round send"
        part="button send"
        type="submit"
        aria-label=${e.send}
        title=${e.send}
        aria-disabled=${s.draft.trim()?"false":"true"}
      >
        ${En}
      </button>
    </form>
    <p class="legal">
      <a href=${s.consent} target="_blank" rel="noopener noreferrer"
        >${e.consent}<span class="hidden"> (${e.newTab})</span></a
      >
    </p>
  </footer>`}function Pr(s,e){return l`<input
      class="hidden"
      type="file"
      tabindex="-1"
      aria-hidden="true"
      multiple
      accept=${Vs}
      @change=${t=>{let n=t.target;n.files?.length&&e.files(n.files),n.value=""}}
    />
    <button
      class="round attach"
      type="button"
      aria-label=${s.attach}
      title=${s.attach}
      @click=${t=>t.currentTarget.previousElementSibling.click()}
    >
      ${bt}
    </button>`}function In(s,e,t,n){let i=e?w(t.unread,{n:e}):"",r=s?t.close:t.open;return l`<button
      class="launcher"
      part="launcher"
      type="button"
      aria-haspopup="dialog"
      aria-expanded=${s}
      aria-label=${i?`${r}, ${i}`:r}
      @click=${n}
    >
      ${s?yt:$n}
      ${e?l`<span class="unread" aria-hidden="true">${Math.min(e,99)}</span>`:h}
    </button>
    <p class="hidden" role="status">${i}</p>`}function Hn(s,e,t){return l`<div class="message bot first last">
    <div class="side">${s}</div>
    <div class="column">
      <p class="bubble" part="bubble">${e.greeting}</p>
      <div class="buttons">
        ${e.suggestions.split("|").filter(Boolean).map(n=>l`<button class="choice" part="button" type="button" @click=${()=>t(n)}>${n}</button>`)}
      </div>
    </div>
  </div>`}var Lr=5*6e4;function Fn(s,e,t){let n=s.map(i=>i.from).lastIndexOf("user");return l`${X(s,i=>i.id,(i,r)=>{let o=s[r-1],a=s[r+1],c=!o||Z(o.at)!==Z(i.at),d={first:c||!Wn(o,i),last:!a||Z(a.at)!==Z(i.at)||!Wn(i,a),open:r>n};return l`${c?l`<p class="day"><span>${Mr(i.at,e)}</span></p>`:h}
      ${Bn(i,d,e,t)}`})}`}function Wn(s,e){return s!==void 0&&s.from===e.from&&s.name===e.name&&e.at-s.at<Lr}function Z(s){return new Date(s).toDateString()}function Mr(s,e){let t=new Date;if(Z(s)===t.toDateString())return e.today;if(Z(s)===Z(new Date(t).setDate(t.getDate()-1)))return e.yesterday;let n=new Date(s),i=n.getFullYear()===t.getFullYear()?void 0:"numeric";return n.toLocaleDateString(e.locale,{day:"numeric",month:"long",year:i})}function zn(s,e,t){return l`<div class="middle">
    <div role="status">${s.away?Nr(s.refused?e.refused:e.offline,s.phone,e):h}</div>
    <div class="scroll" part="log" tabindex="0" role="region" aria-label=${e.log} @scroll=${t.moved}>
      ${s.messages.length?Fn(s.messages,e,t):Hn(t.avatar,e,t.ask)}
      ${s.typing?Br(s.slow,e):h}
    </div>
    ${s.follows?h:l`<button class="round below" type="button" aria-label=${e.toEnd} title=${e.toEnd} @click=${t.toEnd}>
            ${yt}${s.unseen?l`<span class="unread" aria-hidden="true">${s.unseen}</span>`:h}
          </button>`}
  </div>`}function Nr(s,e,t){let[n]=e?rt(e):[],i=typeof n=="object"?l`<a href=${n.href}>${n.text}</a>`:l`<b>${e}</b>`;return l`<p class="banner">
    ${xt}<span>${s} ${e?l`${t.call} ${i}`:h}</span>
  </p>`}function Br(s,e){return l`<p class="typing" aria-hidden="true">
    <i></i><i></i><i></i>${s?l`<span>${e.slow}</span>`:h}
  </p>`}function Vn(s,e,t,n){let i=r=>{!e.files||!r.dataTransfer?.types.includes("Files")||(r.preventDefault(),n.dropping(r.type==="dragover"),r.type==="drop"&&n.files(r.dataTransfer.files))};return l`<dialog
    part="panel"
    aria-labelledby="title"
    tabindex="-1"
    @cancel=${r=>{r.preventDefault(),n.close()}}
    @keydown=${r=>r.key==="Escape"&&!r.isComposing&&n.close()}
    @dragover=${i}
    @dragleave=${i}
    @drop=${i}
  >
    ${s}
    ${e.dropping?l`<p class="drop" aria-hidden="true">${bt}${t.fileDrop}</p>`:h}
    <div class="hidden" role="log" aria-live="polite" aria-relevant="additions" aria-label=${t.spoken}>
      ${X(e.spoken,r=>r.id,r=>l`<p>${r.text}</p>`)}
    </div>
  </dialog>`}var ee=class ee extends B{constructor(){super(...arguments);this.place=new ut(()=>this.find("dialog"));this.isOpen=!1;this.away=new AbortController}connectedCallback(){let t=ee.only??=this;if(t!==this){t.isConnected?this.remove():this.replaceWith(t);return}this.parts||this.begin(),super.connectedCallback();let{signal:n}=this.away=new AbortController,{chat:i,storage:r}=this.parts;r.onChange(()=>this.requestUpdate(),n),this.place.follow(()=>this.isOpen&&this.place.show(),n),document.addEventListener("visibilitychange",()=>this.read(),{signal:n}),i.known&&i.start(),this.isOpen?this.updateComplete.then(()=>this.place.show()):this.beginsOpen()&&this.updateComplete.then(()=>this.open({focus:!1}))}disconnectedCallback(){super.disconnectedCallback(),ee.only===this&&this.away.abort()}open({focus:t=!0}={}){if(!this.isOpen){let{chat:n,scrolling:i,storage:r}=this.parts;this.isOpen=!0,r.set("open","yes"),i.goToEnd(),n.start(),this.place.show(),this.read(),this.requestUpdate(),this.tell("open")}t&&this.focusInside()}close(){this.isOpen&&(this.isOpen=!1,this.parts.storage.set("open","no"),this.place.hide(),this.requestUpdate(),this.updateComplete.then(()=>this.find(".launcher").focus()),this.tell("close"))}ask(t){this.open(),t.trim()&&this.acts.say(t.trim())}get chat(){return this.parts.chat}firstUpdated(){this.place.fit()}updated(t){this.parts.scrolling.settle(this.find(".scroll"));let n=this.find("textarea");n.style.height="",this.parts.composing.draft&&(n.style.height=`${Math.min(n.scrollHeight,120)}px`)}render(){let{chat:t,reading:n,settings:i}=this.parts,{words:r,position:o,theme:a}=i,c=this.isOpen?0:n.unread(t.messages),d=u=>u.stopPropagation();return l`<section
      class="${o} ${a}"
      lang=${r.locale}
      dir="ltr"
      aria-label=${r.chat}
      @keydown=${d}
      @keyup=${d}
      @keypress=${d}
    >
      ${In(this.isOpen,c,r,()=>this.isOpen?this.close():this.open())} ${this.renderPanel()}
    </section>`}renderPanel(){let{acts:t}=this,{announcer:n,chat:i,composing:r,scrolling:o,settings:a,sound:c}=this.parts,{words:d,files:u,consent:p,phone:m}=a,g=wt(a.avatar,d.title),x=a.telegram&&i.telegram,S=()=>this.close(),{follows:le,unseen:Le}=o,{messages:Yn,away:Jn,refused:Gn,typing:Xn,slow:Qn}=i,{draft:Zn,problem:ei,link:ti}=r,si=[Mn({subtitle:this.subtitle(),sound:c.on,telegram:x,avatar:g},d,{manager:()=>t.say(d.manager),telegram:()=>{t.toTelegram()},sound:()=>t.toggleSound(),close:S}),zn({messages:Yn,away:Jn,refused:Gn,typing:Xn,slow:Qn,phone:m,follows:le,unseen:Le},d,this.actions(g)),qn({draft:Zn,problem:ei,link:ti,files:u,consent:p},d,{typed:W=>t.typed(W),send:()=>t.send(),files:W=>t.sendFiles(W)})];return Vn(si,{files:u,dropping:t.dropping,spoken:n.lines},d,{close:S,dropping:W=>t.drop(W),files:W=>t.sendFiles(W)})}actions(t){let{acts:n}=this;return{copied:n.copied,consent:this.parts.settings.consent,avatar:t,copy:(i,r)=>{n.copy(i,r)},want:i=>n.want(i),leaveOut:i=>n.leaveOut(i),press:(i,r)=>n.choose(i,r),ask:i=>n.choose(i,i),grown:()=>this.requestUpdate(),again:i=>n.again(i),moved:()=>this.parts.scrolling.moved(this.find(".scroll"))&&this.requestUpdate(),toEnd:()=>n.goToEnd()}}subtitle(){let{words:t}=this.parts.settings,n=this.chat.messages[this.chat.messages.length-1];return!this.chat.connected&&!this.chat.away&&this.isOpen?t.connecting:n?.from==="manager"&&n.name?`${n.name}, ${t.managerName.toLowerCase()}`:t.subtitle}changed(t){let{announcer:n,chat:i,settings:r}=this.parts;if(t==="answer"&&i.latest&&this.answered(i.latest),t==="slow"&&n.say(r.words.slow),t==="failed"){let o=i.messages.filter(a=>a.state==="failed").pop();o&&n.say(Yt(o,r.words))}(t==="messages"||t==="answer")&&this.read(),this.requestUpdate()}answered(t){let{announcer:n,scrolling:i,settings:r,sound:o}=this.parts,{words:a}=r,c=t.from==="manager"?t.name??a.managerName:a.bot;n.say(`${c}: ${t.text||(t.file?.name??a.photo)}`),i.came(),o.chime(),this.tell("answer")}read(){this.isOpen&&!document.hidden&&this.parts.reading.read(this.chat.messages)}beginsOpen(){let t=this.parts.storage.get("open");return!this.place.small&&(t?t==="yes":this.parts.settings.open)}begin(){this.parts=an({...this.dataset},ee.origin,t=>this.changed(t)),this.acts=new at(this.parts,{requestUpdate:()=>this.requestUpdate(),tell:t=>this.tell(t),focusInside:()=>this.focusInside(),focus:t=>this.find(t).focus()}),sn(this,this.parts.settings.color)}focusInside(){let t=matchMedia("(hover: hover)").matches;this.updateComplete.then(()=>this.find(t?"textarea":"dialog").focus())}tell(t){this.dispatchEvent(new CustomEvent(`optfm-${t}`,{bubbles:!0,composed:!0}))}find(t){return this.renderRoot.querySelector(t)}};ee.styles=yn,ee.origin="";var ce=ee;function jn(s){let e=new MutationObserver(n=>{if(n.some(Ur))return e.disconnect();t(),s()}),t=()=>{e.observe(document.documentElement,{childList:!0}),document.body&&e.observe(document.body,{childList:!0})};t()}function Ur({addedNodes:s,removedNodes:e,target:t}){let[n]=e;return e.length===1&&s.length===0&&t===document.body&&n?.nodeName==="OPTFM-CHAT"}var Jt=document.currentScript??document.querySelector('script[src*="/widget.js"]');function Kn(){!document.body||document.querySelector("optfm-chat")||document.body.append(ce.only??Dr())}function Dr(){let s=document.createElement("optfm-chat");for(let[e,t]of Object.entries(Jt?.dataset??{}))s.dataset[e]=t;return s}function qr(s){let e=s.target?.closest?.("[data-optfm-ask]"),t=document.querySelector("optfm-chat");!e||!t||(s.preventDefault(),t.ask(e.getAttribute("data-optfm-ask")??""))}if(customElements.get("optfm-chat"))document.querySelectorAll('script[src*="/widget.js"]').length>1&&console.warn("OptFM: widget.js подключён к странице дважды, второй не нужен");else{ce.origin=Jt?.src?new URL(Jt.src).href.replace(/\/[^/]*$/,""):location.origin,customElements.define("optfm-chat",ce),document.addEventListener("click",qr);let s=()=>{Kn(),jn(Kn)};document.body?s():document.addEventListener("DOMContentLoaded",s)}})();
